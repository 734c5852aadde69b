using DocPipeline.Samples.Drawing;

namespace DocPipeline.Samples.Forms;

/// <summary>Arrangements of cells side by side: label above, boxed, label below.</summary>
internal static class CellRenderer
{
    private const double PartWidth = 32;

    private sealed record Cell(Entry Entry, int Span);

    public static void Draw(Flow flow, IReadOnlyList<Entry> entries, Arrangement arrangement)
    {
        var columns = flow.InLeftHalf || flow.InRightHalf ? Math.Max(1, flow.Style.Columns - 2) : flow.Style.Columns;
        var unit = flow.Width / columns;
        foreach (var row in Rows(flow, entries, columns, unit))
        {
            var height = Height(flow, row, arrangement, unit);
            flow.Room(height);
            var x = flow.Left;
            foreach (var (cell, i) in row.Select((cell, i) => (cell, i)))
            {
                var width = i == row.Count - 1 && arrangement == Arrangement.Boxed ? flow.Right - x : cell.Span * unit;
                DrawCell(flow, cell.Entry, arrangement, x, width, height);
                x += width;
            }

            flow.Y += height;
        }
    }

    private static List<List<Cell>> Rows(Flow flow, IReadOnlyList<Entry> entries, int columns, double unit)
    {
        var rows = new List<List<Cell>>();
        var taken = columns;
        foreach (var entry in entries)
        {
            var needed = entry.Parts.Count > 0 ? (PartWidth * entry.Parts.Count) + 12 : Math.Max(flow.ValueFace.Width(flow.Style.Size, entry.Printed), flow.LabelFace.Width(LabelSize(flow), entry.Label)) + 12;
            var span = Math.Clamp((int)Math.Ceiling(needed / unit), 1, columns);
            if (taken + span > columns)
            {
                rows.Add([]);
                taken = 0;
            }

            rows[^1].Add(new Cell(entry, span));
            taken += span;
        }

        return rows;
    }

    private static double Height(Flow flow, List<Cell> row, Arrangement arrangement, double unit)
    {
        var lines = row.Max(cell => flow.ValueFace.Wrap(flow.Style.Size, cell.Entry.Printed, (cell.Span * unit) - 10).Count);
        var rest = arrangement switch { Arrangement.Boxed => 7, Arrangement.Below => 12, _ => 9 };
        var captions = row.Any(cell => cell.Entry.Parts.Count > 0) ? LabelSize(flow) + 1 : 0;
        return LabelSize(flow) + (flow.Leading * lines) + rest + captions;
    }

    private static void DrawCell(Flow flow, Entry entry, Arrangement arrangement, double x, double width, double height)
    {
        var (size, tiny) = (flow.Style.Size, LabelSize(flow));
        var lines = flow.ValueFace.Wrap(size, entry.Printed, width - 10);
        var inset = arrangement == Arrangement.Boxed ? 3 : 0;
        var valueTop = arrangement == Arrangement.Below ? flow.Y + 2 : flow.Y + tiny + 4;
        if (entry.Parts.Count > 0)
        {
            DrawParts(flow, entry, x + inset + 1, valueTop);
            lines = [];
        }

        for (var i = 0; i < lines.Count; i++)
        {
            flow.Sheet.Text(x + inset + 1, valueTop + size + (i * flow.Leading), lines[i], flow.ValueFace, size);
        }

        var rule = flow.Y + height - tiny - 7;
        var labelBaseline = arrangement == Arrangement.Below ? rule + tiny + 1 : flow.Y + tiny + 1;
        flow.Sheet.Text(x + inset, labelBaseline, entry.Label, flow.LabelFace, tiny, Ink.Gray(0.15));
        if (arrangement == Arrangement.Boxed)
        {
            flow.Sheet.Frame(x, flow.Y, width, height);
        }
        else if (arrangement == Arrangement.Below)
        {
            flow.Sheet.Line(x, rule, x + width - 12, rule);
        }
    }

    private static void DrawParts(Flow flow, Entry entry, double x, double top)
    {
        var (size, tiny) = (flow.Style.Size, LabelSize(flow));
        for (var i = 0; i < entry.Parts.Count; i++)
        {
            flow.Sheet.Text(x + (i * PartWidth), top + size, entry.Parts[i].Value, flow.ValueFace, size);
            flow.Sheet.Text(x + (i * PartWidth), top + size + tiny + 1.5, entry.Parts[i].Caption, flow.Style.Face, tiny, Ink.Gray(0.3));
        }
    }

    private static double LabelSize(Flow flow) => Math.Max(6.5, flow.Style.Size * 0.72);
}
