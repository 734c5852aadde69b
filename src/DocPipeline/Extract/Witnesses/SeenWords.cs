using DocPipeline.Documents;
using DocPipeline.Extract.Layout;

namespace DocPipeline.Extract.Witnesses;

/// <summary>Finds the words of a page that say what a service says.</summary>
internal static class SeenWords
{
    // Two readers never agree on the last pixel: a word belongs to a box if its centre does, with this much around it, in fractions of the page.
    private const double Around = 0.005;

    public static bool Holds(Box box, PageLayout page, LayoutWord word)
    {
        var (x, y) = (word.CentreX / page.Page.Width, word.CentreY / page.Page.Height);
        return x >= box.X0 - Around && x <= box.X1 + Around && y >= box.Y0 - Around && y <= box.Y1 + Around;
    }

    /// <summary>The words in the box if they say the text; else the nearest in a row that do; null where none do.</summary>
    /// <param name="box">Null: the service does not say where; then those nearest to the top.</param>
    public static IReadOnlyList<LayoutWord>? Find(PageLayout page, string text, Box? box)
    {
        var wanted = Fold(text);
        if (wanted.Length == 0)
        {
            return null;
        }

        var words = page.Lines.SelectMany(line => line.Words).ToList();
        if (box is { } place && words.FindAll(word => Holds(place, page, word)) is { Count: > 0 } inside && Fold(string.Concat(inside.Select(word => word.Text))) == wanted)
        {
            return inside;
        }

        return Rows(words, wanted).MinBy(row => box is { } near ? Distance(page, row, near) : row[0].CentreY);
    }

    private static IEnumerable<IReadOnlyList<LayoutWord>> Rows(List<LayoutWord> words, string wanted)
    {
        var folded = words.ConvertAll(word => Fold(word.Text));
        for (var start = 0; start < words.Count; start++)
        {
            var at = 0;
            for (var end = start; end < words.Count && folded[start].Length > 0 && at < wanted.Length && string.CompareOrdinal(wanted, at, folded[end], 0, folded[end].Length) == 0; end++)
            {
                at += folded[end].Length;
                if (at == wanted.Length)
                {
                    yield return words.GetRange(start, end - start + 1);
                    break;
                }
            }
        }
    }

    private static double Distance(PageLayout page, IReadOnlyList<LayoutWord> row, Box box)
    {
        var found = page.BoxOf(row);
        return Math.Abs(found.CentreX - box.CentreX) + Math.Abs(found.CentreY - box.CentreY);
    }

    private static string Fold(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
