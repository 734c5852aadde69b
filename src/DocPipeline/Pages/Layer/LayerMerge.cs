using DocPipeline.Documents;

namespace DocPipeline.Pages.Layer;

/// <summary>Two readings of one page, the text layer and the recognised words, become one.</summary>
internal static class LayerMerge
{
    private const double Agreement = 0.5;
    private const double AgreementOfDoubtful = 0.9;
    private const double Sure = 0.6;

    /// <summary>
    /// A layer that agrees with what is seen is exact where recognition is not: its words are kept, and with them the recognised words of
    /// places where it has none (stamps, handwriting, pasted pictures). Words that recognition saw as well say whether it saw the same. A layer that does not agree is dropped: it is gibberish, or hidden.
    /// </summary>
    /// <param name="seenBy">Who saw <paramref name="seen"/>.</param>
    public static (string Source, IReadOnlyList<Word> Words) Merge(IReadOnlyList<Word> layer, string seenBy, IReadOnlyList<Word> seen)
    {
        var needed = LetterPairs.LookGarbled(layer) ? AgreementOfDoubtful : Agreement;
        var known = seen.Select(word => Key(word.Text)).ToHashSet();
        var telling = layer.Select(word => Key(word.Text)).Where(key => key.Length >= 3).ToList();
        if (telling.Count == 0 || telling.Count(known.Contains) < needed * telling.Count)
        {
            return (seenBy, seen);
        }

        var compared = layer.Select(word => Compare(word, seen)).ToList();
        var added = seen.Where(word => word.Confidence >= Sure && !layer.Any(other => Overlap(word.Box, other.Box))).ToList();
        return (added.Count > layer.Count ? seenBy : PageSources.TextLayer, [.. compared, .. added]);
    }

    /// <summary>The layer's word, with what recognition says to it where it saw something in its place.</summary>
    private static Word Compare(Word word, IReadOnlyList<Word> seen)
    {
        var there = seen.Where(other => Overlap(word.Box, other.Box) && IsWithin(word.Box.CentreY, other.Box)).OrderBy(other => other.Box.X0).ToList();
        var key = Key(word.Text);
        return there.Count == 0 || key.Length == 0
            ? word
            : word with { ReadingsAgree = there.Exists(other => Key(other.Text) == key) || string.Concat(there.Select(other => Key(other.Text))) == key };
    }

    private static bool IsWithin(double y, Box box) => y >= box.Y0 && y <= box.Y1;

    private static bool Overlap(Box a, Box b) => a.X0 < b.X1 && b.X0 < a.X1 && a.Y0 < b.Y1 && b.Y0 < a.Y1;

    private static string Key(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
