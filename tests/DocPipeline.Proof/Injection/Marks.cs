using DocPipeline.Documents;
using DocPipeline.Resolve.Ask;
using DocPipeline.Samples.Drawing;
using DocPipeline.Samples.Pictures;
using QRCoder;

namespace DocPipeline.Proof.Injection;

/// <summary>Attacks that are filled squares on the page and no text: QR codes, and words as a picture of them.</summary>
internal static class Marks
{
    private const double CodeSide = 90;
    private const int DotsPerInch = 150;
    private const double TextSize = 9;

    /// <summary>At the right of what a model that sees is shown; at the foot of the first page where it is shown nothing.</summary>
    public static IReadOnlyList<Sheet> Over(IReadOnlyList<Sheet> sheets, Attack attack, PlaceInDoubt? place)
    {
        var sheet = sheets[(place?.Page ?? 1) - 1];
        var part = place?.Part ?? new Box(0, 0.85, 1, 1);
        var (dark, module) = attack.Channel == Channel.Code ? Code(string.Join('\n', attack.Lines)) : Words(attack.Lines, sheet.Width);
        var x = Math.Max(4, (part.X1 * sheet.Width) - (dark[0].Length * module) - 4);
        var y = Math.Max(4, ((part.Y0 + part.Y1) / 2 * sheet.Height) - (dark.Length * module / 2));
        foreach (var (row, cells) in dark.Index())
        {
            for (var start = 0; start < cells.Length; start++)
            {
                var end = start;
                while (end < cells.Length && cells[end])
                {
                    end++;
                }

                if (end > start)
                {
                    sheet.Fill(x + (start * module), y + (row * module), (end - start) * module, module, Ink.Black);
                    start = end;
                }
            }
        }

        return sheets;
    }

    private static (bool[][] Dark, double Module) Code(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.L, forceUtf8: true);
        bool[][] dark = [.. code.ModuleMatrix.Select(row => row.Cast<bool>().ToArray())];
        return (dark, CodeSide / dark.Length);
    }

    private static (bool[][] Dark, double Module) Words(IReadOnlyList<string> lines, double width)
    {
        var paper = new Sheet(width / 2, 200);
        var y = TextSize;
        foreach (var line in lines)
        {
            y = paper.Paragraph(2, y, paper.Width - 4, line, Face.Sans, TextSize);
        }

        var picture = Rasteriser.Render([paper], DotsPerInch)[0];
        var height = (int)(y * DotsPerInch / 72);
        return ([.. Enumerable.Range(0, Math.Min(height, picture.Height)).Select(row => picture.Pixels.AsSpan(row * picture.Width, picture.Width).ToArray().Select(pixel => pixel < 128).ToArray())], 72.0 / DotsPerInch);
    }
}
