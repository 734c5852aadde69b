using System.Globalization;
using System.Text;

namespace DocPipeline.Samples.Drawing;

/// <summary>Red, green and blue from 0 to 1.</summary>
internal readonly record struct Ink(double Red, double Green, double Blue)
{
    public static Ink Black => default;
    public static readonly Ink White = new(1, 1, 1);
    public static readonly Ink FormRed = new(0.78, 0.16, 0.16);

    public static Ink Gray(double level) => new(level, level, level);
}

/// <summary>A picture that fills a sheet: a JPEG, byte for byte, or rows of bits (1 is white), packed.</summary>
internal sealed record SheetPicture(int Width, int Height, byte[] Data, bool Bilevel);

/// <summary>One page to draw on. Points, origin at the top left; y of a text is its baseline.</summary>
internal sealed class Sheet(double width, double height)
{
    public const double LetterWidth = 612;
    public const double LetterHeight = 792;

    private readonly StringBuilder content = new();

    public double Width { get; } = width;

    public double Height { get; } = height;

    public SheetPicture? Picture { get; init; }

    /// <summary>The drawing in PDF's own operators.</summary>
    public string Content => content.ToString();

    public static Sheet Letter() => new(LetterWidth, LetterHeight);

    public static Sheet A4() => new(595, 842);

    public void Text(double x, double y, string text, Face face, double size, Ink ink = default)
    {
        if (text.Length > 0)
        {
            content.Append(CultureInfo.InvariantCulture, $"BT {Number(ink.Red)} {Number(ink.Green)} {Number(ink.Blue)} rg /F{(int)face} {Number(size)} Tf ")
                .Append(CultureInfo.InvariantCulture, $"{Number(x)} {Number(Height - y)} Td ({Escape(text)}) Tj ET\n");
        }
    }

    public void TextRight(double right, double y, string text, Face face, double size, Ink ink = default) =>
        Text(right - face.Width(size, text), y, text, face, size, ink);

    public void TextCentred(double centre, double y, string text, Face face, double size, Ink ink = default) =>
        Text(centre - (face.Width(size, text) / 2), y, text, face, size, ink);

    /// <summary>Returns the baseline of the line after the last one.</summary>
    public double Paragraph(double x, double y, double lineWidth, string text, Face face, double size, double leading = 1.3)
    {
        foreach (var line in face.Wrap(size, text, lineWidth))
        {
            Text(x, y, line, face, size);
            y += size * leading;
        }

        return y;
    }

    public void Line(double x0, double y0, double x1, double y1, double thickness = 0.5, Ink ink = default) =>
        content.Append(CultureInfo.InvariantCulture, $"{Number(ink.Red)} {Number(ink.Green)} {Number(ink.Blue)} RG {Number(thickness)} w ")
            .Append(CultureInfo.InvariantCulture, $"{Number(x0)} {Number(Height - y0)} m {Number(x1)} {Number(Height - y1)} l S\n");

    public void Frame(double x, double y, double boxWidth, double boxHeight, double thickness = 0.5, Ink ink = default) =>
        content.Append(CultureInfo.InvariantCulture, $"{Number(ink.Red)} {Number(ink.Green)} {Number(ink.Blue)} RG {Number(thickness)} w ")
            .Append(CultureInfo.InvariantCulture, $"{Number(x)} {Number(Height - y - boxHeight)} {Number(boxWidth)} {Number(boxHeight)} re S\n");

    public void Fill(double x, double y, double boxWidth, double boxHeight, Ink ink) =>
        content.Append(CultureInfo.InvariantCulture, $"{Number(ink.Red)} {Number(ink.Green)} {Number(ink.Blue)} rg ")
            .Append(CultureInfo.InvariantCulture, $"{Number(x)} {Number(Height - y - boxHeight)} {Number(boxWidth)} {Number(boxHeight)} re f\n");

    /// <summary>A box with its caption to the right; the cross is two lines, not a letter.</summary>
    public void Checkbox(double x, double y, double size, bool ticked, string caption, Face face, Ink ink = default)
    {
        Frame(x, y - size, size, size, 0.6, ink);
        if (ticked)
        {
            Line(x + 1, y - size + 1, x + size - 1, y - 1, 1);
            Line(x + 1, y - 1, x + size - 1, y - size + 1, 1);
        }

        Text(x + size + 3, y - 1, caption, face, size, ink);
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var character in text)
        {
            var code = WinAnsi(character);
            if (character is '(' or ')' or '\\')
            {
                escaped.Append('\\').Append(character);
            }
            else if (code is >= 32 and < 127)
            {
                escaped.Append((char)code);
            }
            else
            {
                escaped.Append('\\').Append(Convert.ToString(code, 8).PadLeft(3, '0'));
            }
        }

        return escaped.ToString();
    }

    private static int WinAnsi(char character) => character switch
    {
        '€' => 0x80,
        '’' => 0x92,
        '•' => 0x95,
        '–' => 0x96,
        '—' => 0x97,
        < (char)256 => character,
        _ => throw new ArgumentException($"The standard fonts have no U+{(int)character:X4}.", nameof(character)),
    };
}
