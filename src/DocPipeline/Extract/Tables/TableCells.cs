using DocPipeline.Extract.Layout;

namespace DocPipeline.Extract.Tables;

/// <summary>The words of a line by the columns that they stand in.</summary>
internal static class TableCells
{
    /// <summary>Every segment goes to the column whose header it overlaps most, or else to the nearest.</summary>
    public static Dictionary<TableColumn, List<LayoutWord>> Of(IEnumerable<Segment> segments, List<TableColumn> columns)
    {
        var cells = new Dictionary<TableColumn, List<LayoutWord>>();
        foreach (var segment in segments)
        {
            foreach (var part in Divide(segment, columns))
            {
                var (x0, x1) = (part[0].X0, part[^1].X1);
                var home = columns.MaxBy(column => Math.Min(x1, column.X1) - Math.Max(x0, column.X0))!;
                if (Math.Min(x1, home.X1) < Math.Max(x0, home.X0))
                {
                    // Figures stand to the right under a header that stands to the left.
                    home = columns.FindLast(column => column.X0 <= x0) is { } left && columns.TrueForAll(column => column.X0 <= left.X0 || column.X0 >= x1) ? left : home;
                }

                (cells.TryGetValue(home, out var words) ? words : cells[home] = []).AddRange(part);
            }
        }

        return cells;
    }

    /// <summary>A segment that reaches into two typed columns is cut where the second begins.</summary>
    private static IEnumerable<List<LayoutWord>> Divide(Segment segment, List<TableColumn> columns)
    {
        var part = new List<LayoutWord> { segment.Words[0] };
        for (var i = 1; i < segment.Words.Count; i++)
        {
            var (before, word) = (segment.Words[i - 1], segment.Words[i]);
            var starts = columns.Exists(column => Math.Abs(column.X0 - word.X0) < 0.35 * word.Height && column.X0 > before.X1)
                && word.X0 - before.X1 > 0.45 * word.Height;
            if (starts)
            {
                yield return part;
                part = [];
            }

            part.Add(word);
        }

        yield return part;
    }
}
