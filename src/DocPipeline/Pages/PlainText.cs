using System.Text;
using DocPipeline.Documents;
using DocPipeline.Pages.Layer;

namespace DocPipeline.Pages;

/// <summary>Lays plain text out as a printer would: lines of one pitch on pages of 66 lines, so that words have boxes like any other.</summary>
internal static class PlainText
{
    public const int LinesPerPage = 66;
    private const int NarrowestPage = 80;
    private const int WidestPage = 132;
    public const double PageWidth = 612;
    public const double PageHeight = 792;

    /// <summary>No control characters but those that printers know; UTF-16 counts if it is marked as such.</summary>
    public static bool LooksLikeText(ReadOnlySpan<byte> start) =>
        start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] || start.IndexOfAnyInRange((byte)0x00, (byte)0x08) < 0 && start.IndexOfAnyInRange((byte)0x0E, (byte)0x1F) < 0
            && start.Length > 1 && Encoding.Latin1.GetString(start).Count(char.IsLetterOrDigit) > start.Length / 10;

    /// <summary>The lines of each page, tabs expanded, long lines wrapped.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Lines(ReadOnlySpan<byte> bytes)
    {
        // Not ReplaceLineEndings: to it a form feed is the end of a line, here it is the end of a page.
        var lines = Decode(bytes).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\f')
            .Select(sheet => sheet.TrimEnd('\n').Split('\n').SelectMany(line => Expand(line).Chunk(WidestPage).DefaultIfEmpty([])).Select(line => new string(line)));
        return [.. lines.SelectMany(sheet => sheet.Chunk(LinesPerPage))];
    }

    /// <summary>A page is as wide as its longest line, within what printers do.</summary>
    public static int ColumnsOf(IReadOnlyList<string> lines) => Math.Clamp(lines.Max(line => line.Length), NarrowestPage, WidestPage);

    public static Page Page(int number, IReadOnlyList<string> lines)
    {
        var columns = ColumnsOf(lines);
        var words = lines.SelectMany((line, row) => WordText.Split(
            // Leading space must keep its width: it is part of the layout.
            line.TrimEnd(),
            new Box(0, (double)row / LinesPerPage, (double)line.TrimEnd().Length / columns, (row + 1.0) / LinesPerPage),
            confidence: 1));
        return new Page(number, PageWidth, PageHeight, PageSources.PlainText, [.. words]);
    }

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return bytes switch
            {
                [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes[2..]),
                [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes[2..]),
                [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8.GetString(bytes[3..]),
                _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes),
            };
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    private static string Expand(string line)
    {
        if (!line.Contains('\t', StringComparison.Ordinal))
        {
            return line;
        }

        var expanded = new StringBuilder();
        foreach (var character in line)
        {
            expanded.Append(character == '\t' ? new string(' ', 8 - (expanded.Length % 8)) : character.ToString());
        }

        return expanded.ToString();
    }
}
