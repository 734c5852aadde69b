using DocPipeline.Documents;
using DocPipeline.Extract.Labels;
using DocPipeline.Extract.Layout;
using DocPipeline.Extract.Readers;
using DocPipeline.Extract.Schema;
using DocPipeline.Extract.Values;
using DocPipeline.Pages;
using DocPipeline.Providers;

namespace DocPipeline.Extract.Witnesses;

/// <summary>Turns the pairs that a service saw on a page into statements about fields: by our own labels and readers. See README.md.</summary>
internal sealed class StatementReader(LabelBook book, IReadOnlyDictionary<string, FieldSchema> fields, SpanReader reader, ReaderContext conventions)
{
    private const int LongestText = 500;
    private const string OtherParty = "other_party";

    // Who is less sure of itself than not contradicts nobody.
    private const double Sure = 0.5;

    /// <param name="labels">Of the same page.</param>
    public IEnumerable<Statement> Read(Layout.PageLayout page, IReadOnlyList<LabelMatch> labels, SeenPage seen)
    {
        var service = seen.Layout.Page.Source;
        foreach (var pair in ServiceFields.WithJoined(seen.Layout.Pairs, service).Where(pair => pair is { Selected: null, Value.Text.Length: > 0 and <= LongestText }))
        {
            foreach (var (field, names) in Meant(pair, service, page, labels).Where(meant => fields.ContainsKey(meant.Field)))
            {
                if (Say(page, fields[field], pair.Value, service) is var (candidate, stands))
                {
                    var says = candidate with { Reason = pair.Label is { Text.Length: > 0 } label ? $"{seen.By}, of '{label.Text}'" : $"{seen.By}, as {pair.Name}", SaidBy = seen.By };
                    yield return new(field, says, names && pair.Value.Confidence >= Sure, stands);
                }
            }
        }
    }

    /// <summary>What a text of a service says as a value of a field, and whether our reader sees the same words; null where it is none.</summary>
    public (Candidate Says, bool StandsOnPage)? Say(Layout.PageLayout page, FieldSchema field, LayoutRegion value, string service)
    {
        if (SeenWords.Find(page, value.Text, value.Box) is { } words && reader.Read(field, words) is { } read)
        {
            return (new(read.Value, 0, page.EvidenceOf(read.Words) with { Source = service }, "", read.Readings), true);
        }

        return FieldReaders.Read(field.Type, TextFolding.FoldWhiteSpace(value.Text), conventions) is { } said
            ? (new(said.Value, 0, new(page.Page.Number, value.Box ?? new Box(0, 0, 1, 1), value.Text, service), "", said.Alternatives), false)
            : null;
    }

    private IEnumerable<(string Field, bool Names)> Meant(LayoutPair pair, string service, Layout.PageLayout page, IReadOnlyList<LabelMatch> labels)
    {
        // 1. A name: the field that was asked for, or the service's own.
        if (pair.Name is { } name)
        {
            return fields.ContainsKey(name) ? [(name, true)]
                : ServiceFields.Of(service).GetValueOrDefault(name) is { } meant ? meant.Select(field => (field, meant.Count == 1))
                : [];
        }

        if (pair.Label is not { Text.Length: > 0 and <= LongestText } label)
        {
            return [];
        }

        // 2. Our own label in its place, with the section that it stands in.
        if (label.Box is { } box && labels.Where(known => known.Words.All(word => SeenWords.Holds(box, page, word))).MaxBy(known => known.Words.Count) is { } match)
        {
            return match.Section == OtherParty ? [] : Targets(match.Targets, match.Section);
        }

        // 3. Its wording, where we did not see a label.
        var wording = string.Concat(label.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(book.Text.FoldWord));
        return Targets(book.Find(wording) ?? (book.FindMisread(wording) is { } near ? book.Find(near) : null) ?? [], section: null);
    }

    private static IEnumerable<(string Field, bool Names)> Targets(IReadOnlyList<LabelTarget> targets, string? section) => targets
        .Where(target => target.Field is not null && (target.Role is null || target.Role == section))
        .Select(target => (target.Field!, target.Strength >= 1));
}
