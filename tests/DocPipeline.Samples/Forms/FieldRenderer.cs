using DocPipeline.Samples.Drawing;

namespace DocPipeline.Samples.Forms;

/// <summary>The arrangements of labels and values.</summary>
internal static class FieldRenderer
{
    public static void Draw(Flow flow, IReadOnlyList<Entry> entries, Arrangement arrangement)
    {
        switch (arrangement)
        {
            case Arrangement.Lines:
                DrawColumn(flow, entries, ":", ValueColumn(flow, entries));
                break;
            case Arrangement.Beside:
                DrawColumn(flow, entries, "", ValueColumn(flow, entries) + 12);
                break;
            case Arrangement.Tight:
                DrawColumn(flow, entries, ":", null);
                break;
            case Arrangement.Pairs when flow.InLeftHalf || flow.InRightHalf:
                DrawColumn(flow, entries, ":", null);
                break;
            case Arrangement.Pairs:
                DrawPairs(flow, entries);
                break;
            case Arrangement.Table:
                DrawTable(flow, entries);
                break;
            default:
                CellRenderer.Draw(flow, entries, arrangement);
                break;
        }
    }

    private static string Marked(string label) => label.EndsWith('?') ? label : label + ":";

    private static double ValueColumn(Flow flow, IReadOnlyList<Entry> entries) =>
        entries.Max(entry => flow.LabelFace.Width(flow.Style.Size, Marked(entry.Label))) + 10;

    // A null column puts each value right behind its own label.
    private static void DrawColumn(Flow flow, IReadOnlyList<Entry> entries, string mark, double? column)
    {
        var size = flow.Style.Size;
        foreach (var entry in entries)
        {
            var label = mark.Length > 0 ? Marked(entry.Label) : entry.Label;
            var indent = column ?? flow.LabelFace.Width(size, label) + 4;
            var narrow = flow.Width - indent < entry.Printed.Split(' ').Max(word => flow.ValueFace.Width(size, word));
            indent = narrow ? 10 : indent;
            var lines = flow.ValueFace.Wrap(size, entry.Printed, flow.Width - indent);
            flow.Room(flow.Leading * (lines.Count + 1));
            flow.Sheet.Text(flow.Left, flow.Y + size, label, flow.LabelFace, size);
            flow.Y += narrow ? flow.Leading : 0;
            foreach (var line in lines)
            {
                flow.Sheet.Text(flow.Left + indent, flow.Y + size, line, flow.ValueFace, size);
                flow.Y += flow.Leading;
            }
        }
    }

    private static void DrawPairs(Flow flow, IReadOnlyList<Entry> entries)
    {
        var size = flow.Style.Size;
        var half = (flow.Width - 14) / 2;
        var indent = Math.Min(ValueColumn(flow, entries), half * 0.55);
        for (var i = 0; i < entries.Count; i++)
        {
            var first = entries[i];
            if (!FitsHalf(flow, first, indent, half) || i + 1 == entries.Count || !FitsHalf(flow, entries[i + 1], indent, half))
            {
                DrawColumn(flow, [first], ":", Math.Max(indent, flow.LabelFace.Width(size, Marked(first.Label)) + 6));
                continue;
            }

            flow.Room(flow.Leading);
            DrawPair(flow, flow.Left, first, indent);
            DrawPair(flow, flow.Left + half + 14, entries[++i], indent);
            flow.Y += flow.Leading;
        }
    }

    private static bool FitsHalf(Flow flow, Entry entry, double indent, double half)
    {
        var label = flow.LabelFace.Width(flow.Style.Size, Marked(entry.Label)) + 5;
        return Math.Max(indent, label) + flow.ValueFace.Width(flow.Style.Size, entry.Printed) <= half;
    }

    private static void DrawPair(Flow flow, double x, Entry entry, double indent)
    {
        var size = flow.Style.Size;
        var at = Math.Max(indent, flow.LabelFace.Width(size, Marked(entry.Label)) + 5);
        flow.Sheet.Text(x, flow.Y + size, Marked(entry.Label), flow.LabelFace, size);
        flow.Sheet.Text(x + at, flow.Y + size, entry.Printed, flow.ValueFace, size);
    }

    private static void DrawTable(Flow flow, IReadOnlyList<Entry> entries)
    {
        var size = flow.Style.Size;
        var split = Math.Max(flow.Width * 0.32, ValueColumn(flow, entries));
        foreach (var entry in entries)
        {
            var lines = flow.ValueFace.Wrap(size, entry.Printed, flow.Width - split - 10);
            var height = (flow.Leading * lines.Count) + 4;
            flow.Room(height);
            flow.Sheet.Fill(flow.Left, flow.Y, split, height, Ink.Gray(0.93));
            flow.Sheet.Frame(flow.Left, flow.Y, split, height);
            flow.Sheet.Frame(flow.Left + split, flow.Y, flow.Width - split, height);
            flow.Sheet.Text(flow.Left + 4, flow.Y + size + 2, entry.Label, flow.LabelFace, size);
            for (var i = 0; i < lines.Count; i++)
            {
                flow.Sheet.Text(flow.Left + split + 5, flow.Y + size + 2 + (i * flow.Leading), lines[i], flow.ValueFace, size);
            }

            flow.Y += height;
        }
    }
}
