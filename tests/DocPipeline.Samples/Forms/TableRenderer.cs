using DocPipeline.Samples.Drawing;

namespace DocPipeline.Samples.Forms;

/// <summary>Tables with a header that is repeated on every page they reach.</summary>
internal static class TableRenderer
{
    public static void Draw(Flow flow, TableBlock table)
    {
        var (widths, size) = Fit(flow, table);
        DrawRow(flow, table, [.. table.Columns.Select(column => column.Title)], widths, size, header: true);
        foreach (var row in table.Rows)
        {
            if (flow.Room(RowHeight(flow, table, row, widths, size, header: false)))
            {
                DrawRow(flow, table, [.. table.Columns.Select(column => column.Title)], widths, size, header: true);
            }

            DrawRow(flow, table, row, widths, size, header: false);
        }

        if (flow.Style.Tables == TableLook.Lined)
        {
            flow.Sheet.Line(flow.Left, flow.Y, flow.Right, flow.Y, 0.8);
        }

        DrawTotals(flow, table, size);
    }

    // Every column takes its longest word; what is left goes by weight. Where nothing is left, the print gets smaller.
    private static (double[] Widths, double Size) Fit(Flow flow, TableBlock table)
    {
        var size = table.Size > 0 ? table.Size : flow.Style.Size;
        var bold = flow.Style.Face.Bold();
        while (true)
        {
            double[] least = [.. table.Columns.Select((column, i) => table.Rows.Select(row => row[i]).Append(column.Title).SelectMany(text => text.Split(' ')).Max(word => bold.Width(size, word)) + 8)];
            var rest = flow.Width - least.Sum();
            if (rest >= 0)
            {
                var weights = table.Columns.Sum(column => column.Weight);
                return ([.. table.Columns.Select((column, i) => least[i] + (rest * column.Weight / weights))], size);
            }

            size -= 0.25;
        }
    }

    private static void DrawTotals(Flow flow, TableBlock table, double size)
    {
        if (table.Totals.Count == 0)
        {
            return;
        }

        var leading = size * 1.45;
        var valueWidth = table.Totals.Max(entry => flow.Style.Face.Bold().Width(size, entry.Printed)) + 14;
        flow.Room((leading * table.Totals.Count) + 6);
        flow.Y += 5;
        for (var i = 0; i < table.Totals.Count; i++)
        {
            var entry = table.Totals[i];
            var face = i == table.Totals.Count - 1 ? flow.Style.Face.Bold() : flow.Style.Face;
            flow.Sheet.TextRight(flow.Right - valueWidth, flow.Y + size, entry.Label, face, size);
            flow.Sheet.TextRight(flow.Right - 4, flow.Y + size, entry.Printed, face, size);
            flow.Y += leading;
        }
    }

    private static double RowHeight(Flow flow, TableBlock table, IReadOnlyList<string> cells, double[] widths, double size, bool header)
    {
        var face = header ? flow.Style.Face.Bold() : flow.Style.Face;
        var lines = table.Columns.Select((_, i) => face.Wrap(size, cells[i], widths[i] - 6).Count).Max();
        return (lines * size * 1.2) + 5;
    }

    private static void DrawRow(Flow flow, TableBlock table, IReadOnlyList<string> cells, double[] widths, double size, bool header)
    {
        var face = header ? flow.Style.Face.Bold() : flow.Style.Face;
        var height = RowHeight(flow, table, cells, widths, size, header);
        if (header && flow.Style.Tables != TableLook.Bare)
        {
            flow.Sheet.Fill(flow.Left, flow.Y, flow.Width, height, Ink.Gray(0.88));
        }

        var x = flow.Left;
        for (var i = 0; i < widths.Length; i++)
        {
            var lines = face.Wrap(size, cells[i], widths[i] - 6);
            for (var line = 0; line < lines.Count; line++)
            {
                var baseline = flow.Y + 1.5 + (size * (1 + (1.2 * line)));
                if (table.Columns[i].Right)
                {
                    flow.Sheet.TextRight(x + widths[i] - 3, baseline, lines[line], face, size);
                }
                else
                {
                    flow.Sheet.Text(x + 3, baseline, lines[line], face, size);
                }
            }

            if (flow.Style.Tables == TableLook.Ruled)
            {
                flow.Sheet.Frame(x, flow.Y, widths[i], height);
            }

            x += widths[i];
        }

        flow.Y += height;
        if (flow.Style.Tables == TableLook.Lined)
        {
            flow.Sheet.Line(flow.Left, flow.Y, flow.Right, flow.Y, header ? 0.8 : 0.2);
        }
    }
}
