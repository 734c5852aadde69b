using DocPipeline.Providers.Wire;

namespace DocPipeline.Aws.Comprehend;

/// <summary>An entity as the reply has it.</summary>
/// <param name="Text">Null for personal data: the reply gives its place only.</param>
/// <param name="Begin">In code points of the text that was sent.</param>
/// <param name="End">The code point after the last.</param>
internal sealed record EntityReply(string Type, string? Text, double Confidence, int Begin, int End);

/// <summary>The entities of one of several texts.</summary>
internal sealed record BatchReply(IReadOnlyDictionary<int, IReadOnlyList<EntityReply>> Results, IReadOnlyDictionary<int, string> Errors);

/// <summary>Reads replies (Comprehend API Reference).</summary>
internal static class ComprehendReplies
{
    public static IReadOnlyList<EntityReply> Entities(ReplyJson reply, bool named) => [.. reply["Entities"].Items().Select(entity => new EntityReply(
        entity["Type"].Text(),
        named ? entity["Text"].Text() : null,
        entity["Score"].Fraction(),
        entity["BeginOffset"].Whole(0, int.MaxValue),
        entity["EndOffset"].Whole(1, int.MaxValue)))];

    /// <param name="count">Texts that were sent: each has a result or an error.</param>
    public static BatchReply Batch(ReplyJson reply, int count)
    {
        var results = new SortedDictionary<int, IReadOnlyList<EntityReply>>();
        var errors = new SortedDictionary<int, string>();
        foreach (var result in reply["ResultList"].Items())
        {
            var index = result["Index"].Whole(0, count - 1);
            if (!results.TryAdd(index, Entities(result, named: true)))
            {
                throw result.Broken("a text has two results");
            }
        }

        foreach (var error in reply["ErrorList"].Items())
        {
            var index = error["Index"].Whole(0, count - 1);
            if (results.ContainsKey(index) || !errors.TryAdd(index, error["ErrorCode"].Text()))
            {
                throw error.Broken("a text has a result and an error");
            }
        }

        return results.Count + errors.Count == count ? new(results, errors) : throw reply.Broken("a text has neither a result nor an error");
    }

    public static IReadOnlyDictionary<string, double> Labels(ReplyJson reply)
    {
        var labels = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var label in reply["Labels"].Items())
        {
            if (!labels.TryAdd(label["Name"].Text(), label["Score"].Fraction()))
            {
                throw label.Broken("a label is there twice");
            }
        }

        return labels;
    }
}
