using DocPipeline.Documents;
using DocPipeline.Extract.Layout;

namespace DocPipeline.Extract.Values;

/// <summary>Counts what in the document agrees with a proposal. Nothing is weighed here.</summary>
/// <param name="proposals">All proposals of the document, also those that lose.</param>
internal sealed class SupportCounter(IReadOnlyList<Proposal> proposals)
{
    private readonly ILookup<(string Field, string Value), Proposal> _alike = proposals.ToLookup(proposal => (proposal.Field, proposal.Value));
    private readonly List<PageLayout> _pages = [.. proposals.Select(proposal => proposal.Page).Distinct()];
    private readonly Dictionary<PageLayout, double> _legibility = [];
    private readonly Dictionary<(PageLayout Page, bool Digits), string[]> _folded = [];

    public Support Of(Proposal proposal)
    {
        var alike = _alike[(proposal.Field, proposal.Value)].ToList();
        return new(
            Math.Round(proposal.Words.Min(word => word.Confidence), 3),
            Math.Round(LegibilityOf(proposal.Page), 3),
            Math.Round(Math.Min(alike.Max(other => other.Label), 1), 3),
            alike.Select(other => other.Reason).Distinct(StringComparer.Ordinal).Count(),
            MentionsOf(proposal),
            alike.Max(other => other.Sums),
            alike.TrueForAll(other => other.BrokenSums),
            proposal.Words.Any(word => word.ReadingsAgree == false));
    }

    private double LegibilityOf(PageLayout page)
    {
        if (!_legibility.TryGetValue(page, out var known))
        {
            _legibility[page] = known = page.Words.Average(word => word.Confidence);
        }

        return known;
    }

    /// <summary>
    /// Words that say the same, whatever the punctuation: "RM9.00" mentions 9.00. Numbers are compared by their digits, and only from three digits on; fewer stand everywhere.
    /// </summary>
    private int MentionsOf(Proposal proposal)
    {
        var digits = proposal.Value.Any(char.IsAsciiDigit) && !proposal.Words.Any(word => word.Text.Count(char.IsLetter) > 3);
        var wanted = string.Concat(proposal.Words.Select(word => Fold(word.Text, digits)));
        if (wanted.Length < 3)
        {
            return 1;
        }

        var count = 0;
        foreach (var page in _pages)
        {
            var words = FoldedWordsOf(page, digits);
            for (var start = 0; start < words.Length; start++)
            {
                count += words[start].Length > 0 && StandsAt(words, start, wanted) ? 1 : 0;
            }
        }

        return Math.Max(count, 1);
    }

    private static bool StandsAt(string[] words, int start, string wanted)
    {
        var at = 0;
        for (var i = start; at < wanted.Length && i < words.Length; i++)
        {
            if (string.CompareOrdinal(wanted, at, words[i], 0, words[i].Length) != 0)
            {
                return false;
            }

            at += words[i].Length;
        }

        return at == wanted.Length;
    }

    private string[] FoldedWordsOf(PageLayout page, bool digits)
    {
        if (!_folded.TryGetValue((page, digits), out var known))
        {
            _folded[(page, digits)] = known = [.. page.Words.Select(word => Fold(word.Text, digits))];
        }

        return known;
    }

    private static string Fold(string text, bool digits) =>
        string.Concat(digits ? text.Where(char.IsAsciiDigit) : text.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant));
}
