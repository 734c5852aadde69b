using System.Text.RegularExpressions;
using DocPipeline.Extract.Layout;

namespace DocPipeline.Extract.Coverage;

/// <summary>
/// Finds lists that nobody read: lines with figures in columns, of which no table took any word. Fewer than three of them are no list.
/// </summary>
internal static partial class LostRows
{
    private const int FewestRows = 3;
    private const int FewestFigures = 2;

    /// <summary>A cell of figures holds little else; dates in a sentence are no column.</summary>
    private const int LongestCell = 4;

    /// <summary>A row may have a few lines of details below it.</summary>
    private const double NearTextHeights = 5;

    /// <param name="explained">By word: whether a value, a row or a label has it.</param>
    public static IReadOnlyList<TextLine> Of(PageLayout page, IReadOnlyList<bool> explained)
    {
        var rows = page.Lines
            .Select(line => (Line: line, Figures: line.Segments.Where(segment => segment.Words.Count <= LongestCell && segment.Words.Any(word => !explained[word.Index] && Figure().IsMatch(word.Text))).ToList()))
            .Where(row => row.Figures.Count >= FewestFigures && row.Line.Words.Count(word => explained[word.Index]) * 2 < row.Line.Words.Count)
            .ToList();

        // Rows of a list follow each other closely and stand in columns. Totals of many lists share columns too, but not the neighbourhood.
        var lost = new List<TextLine>();
        for (var start = 0; start < rows.Count;)
        {
            var end = start + 1;
            while (end < rows.Count && rows[end].Line.Y0 - rows[end - 1].Line.Y1 < NearTextHeights * page.TextHeight && SharesColumn(rows[end].Figures, rows[end - 1].Figures, page.TextHeight))
            {
                end++;
            }

            if (end - start >= FewestRows)
            {
                lost.AddRange(rows[start..end].Select(row => row.Line));
            }

            start = end;
        }

        return lost;
    }

    private static bool SharesColumn(List<Segment> row, List<Segment> above, double textHeight) =>
        row.Exists(figure => above.Exists(other => AreInOneColumn(figure, other, textHeight)));

    private static bool AreInOneColumn(Segment a, Segment b, double textHeight) => Math.Abs(a.X1 - b.X1) < 0.6 * textHeight || Math.Abs(a.X0 - b.X0) < 0.6 * textHeight;

    /// <summary>An amount with its cents or thousands, or a date in figures.</summary>
    [GeneratedRegex(@"^\W{0,3}[0-9]{1,3}([.,' ]?[0-9]{3})*[.,][0-9]{2,3}\W?$|^[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{2,4}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Figure();
}
