using DocPipeline.Samples.Drawing;

namespace DocPipeline.Samples.Forms;

/// <summary>Draws a form in a style.</summary>
internal static class FormRenderer
{
    public static IReadOnlyList<Sheet> Render(Form form, Style style)
    {
        var flow = new Flow(style);
        DrawLetterhead(flow, form);
        foreach (var block in form.Blocks)
        {
            Draw(flow, block);
            flow.Y += style.Size * 1.1;
        }

        DrawFooters(flow, form);
        return flow.Sheets;
    }

    private static void Draw(Flow flow, Block block)
    {
        switch (block)
        {
            case FieldBlock fields:
                DrawHeading(flow, fields.Heading, flow.Leading * 3);
                FieldRenderer.Draw(flow, fields.Entries, fields.Arrangement ?? flow.Style.Arrangement);
                break;
            case SideBySide pair:
                DrawPair(flow, pair);
                break;
            case TableBlock table:
                DrawHeading(flow, table.Heading, flow.Leading * 4);
                TableRenderer.Draw(flow, table);
                break;
            case TickBlock ticks:
                DrawHeading(flow, ticks.Heading, flow.Leading * 2);
                DrawTicks(flow, ticks);
                break;
            case AddressBlock address:
                DrawHeading(flow, address.Heading, flow.Leading * address.Lines.Count);
                FieldRenderer.Draw(flow, [.. address.Lines.Select(line => new Entry(line, ""))], Arrangement.Beside);
                break;
            case TextBlock text:
                DrawHeading(flow, text.Heading, flow.Leading * 2);
                DrawText(flow, text.Text);
                break;
            default:
                throw new NotSupportedException(block.GetType().Name);
        }
    }

    private static void DrawPair(Flow flow, SideBySide pair)
    {
        var entries = Math.Max(pair.Left.Entries.Count, pair.Right.Entries.Count);
        flow.Room(((flow.Leading + 14) * entries) + 40);
        var top = flow.Y;
        flow.InLeftHalf = true;
        Draw(flow, pair.Left);
        var bottom = flow.Y;
        flow.InLeftHalf = false;
        flow.Y = top;
        flow.InRightHalf = true;
        Draw(flow, pair.Right);
        flow.InRightHalf = false;
        flow.Y = Math.Max(flow.Y, bottom);
    }

    private static void DrawLetterhead(Flow flow, Form form)
    {
        var style = flow.Style;
        var bold = style.Face.Bold();
        var top = flow.Y;
        var size = style.Size + 5;
        foreach (var (line, i) in form.Letterhead.Select((line, i) => (line, i)))
        {
            var (face, points) = i == 0 ? (bold, size) : (style.Face, style.Size - 1);
            flow.Y += points * 1.25;
            if (style.Letterhead == LetterheadLook.Centred)
            {
                flow.Sheet.TextCentred(flow.Sheet.Width / 2, flow.Y, line, face, points);
            }
            else
            {
                flow.Sheet.Text(flow.Left, flow.Y, line, face, points);
            }
        }

        var titleSize = style.Size + 3;
        if (style.Letterhead == LetterheadLook.TitleRight && Fits(flow, form, bold, size, titleSize))
        {
            flow.Sheet.TextRight(flow.Right, top + (size * 1.25), form.Title, bold, titleSize);
            flow.Y = Math.Max(flow.Y, top + (size * 1.25)) + 6;
            flow.Sheet.Line(flow.Left, flow.Y, flow.Right, flow.Y, 1);
        }
        else
        {
            flow.Y += titleSize * 1.6;
            flow.Sheet.TextCentred(flow.Sheet.Width / 2, flow.Y, form.Title, bold, titleSize);
        }

        flow.Y += style.Size * 1.4;
    }

    private static bool Fits(Flow flow, Form form, Face bold, double size, double titleSize) =>
        form.Letterhead.Count > 0 && bold.Width(size, form.Letterhead[0]) + bold.Width(titleSize, form.Title) + 20 < flow.Width;

    private static void DrawHeading(Flow flow, string heading, double keepWithNext)
    {
        if (heading.Length == 0)
        {
            return;
        }

        var style = flow.Style;
        var bold = style.Face.Bold();
        var size = style.Size + 1;
        var height = size * 1.6;
        flow.Room(height + keepWithNext);
        var baseline = flow.Y + (size * 1.15);
        if (style.Headings == HeadingLook.Bar)
        {
            flow.Sheet.Fill(flow.Left, flow.Y, flow.Width, height, Ink.Gray(0.86));
            flow.Sheet.Text(flow.Left + 4, baseline, heading.ToUpperInvariant(), bold, size);
        }
        else
        {
            flow.Sheet.Text(flow.Left, baseline, style.Headings == HeadingLook.Capitals ? heading.ToUpperInvariant() : heading, bold, size);
        }

        if (style.Headings == HeadingLook.Underlined)
        {
            flow.Sheet.Line(flow.Left, flow.Y + height - 1, flow.Right, flow.Y + height - 1, 0.8);
        }

        flow.Y += height + 4;
    }

    private static void DrawText(Flow flow, string text)
    {
        foreach (var line in flow.Style.Face.Wrap(flow.Style.Size, text, flow.Width))
        {
            flow.Room(flow.Leading);
            flow.Sheet.Text(flow.Left, flow.Y + flow.Style.Size, line, flow.Style.Face, flow.Style.Size);
            flow.Y += flow.Leading;
        }
    }

    private static void DrawTicks(Flow flow, TickBlock ticks)
    {
        var x = flow.Left;
        var size = flow.Style.Size;
        flow.Room(flow.Leading);
        foreach (var (caption, ticked) in ticks.Choices)
        {
            var width = flow.Style.Face.Width(size, caption) + size + 18;
            if (x + width > flow.Right)
            {
                x = flow.Left;
                flow.Y += flow.Leading;
                flow.Room(flow.Leading);
            }

            flow.Sheet.Checkbox(x, flow.Y + size, size, ticked, caption, flow.Style.Face);
            x += width;
        }

        flow.Y += flow.Leading;
    }

    private static void DrawFooters(Flow flow, Form form)
    {
        foreach (var (sheet, i) in flow.Sheets.Select((sheet, i) => (sheet, i)))
        {
            if (form.Footer.Length > 0)
            {
                sheet.TextCentred(sheet.Width / 2, sheet.Height - 34, form.Footer, flow.Style.Face, 7, Ink.Gray(0.35));
            }

            if (flow.Sheets.Count > 1)
            {
                sheet.TextCentred(sheet.Width / 2, sheet.Height - 22, $"Page {i + 1} of {flow.Sheets.Count}", flow.Style.Face, 7.5);
            }
        }
    }
}
