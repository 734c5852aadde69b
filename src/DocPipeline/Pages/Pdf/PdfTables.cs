using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DocPipeline.Documents;
using DocPipeline.Pages.Layer;

namespace DocPipeline.Pages.Pdf;

/// <summary>Reads the tables that poppler's programs print. Lines that do not parse are skipped: a hostile text can forge one, but only about itself.</summary>
internal static partial class PdfTables
{
    /// <summary>Of <c>pdfinfo -f 1 -l N</c>: the pages in order, as displayed.</summary>
    public static (int Count, IReadOnlyList<PdfPage> Pages) Pages(ReadOnlyMemory<byte> output)
    {
        var text = Encoding.Latin1.GetString(output.Span);
        var count = CountLine().Match(text) is { Success: true } match && int.TryParse(match.Groups["count"].Value, out var stated) ? stated : 0;
        var rotations = RotationLine().Matches(text)
            .DistinctBy(line => line.Groups["page"].Value)
            .ToDictionary(line => line.Groups["page"].Value, line => int.Parse(line.Groups["turn"].Value));
        var pages = new List<PdfPage>();
        foreach (var line in SizeLine().Matches(text).DistinctBy(line => line.Groups["page"].Value))
        {
            var (width, height) = (Number(line.Groups["width"].Value), Number(line.Groups["height"].Value));
            var turn = rotations.GetValueOrDefault(line.Groups["page"].Value);
            if (width > 0 && height > 0)
            {
                pages.Add(turn is 90 or 270
                    ? new PdfPage(int.Parse(line.Groups["page"].Value), height, width, turn)
                    : new PdfPage(int.Parse(line.Groups["page"].Value), width, height, turn));
            }
        }

        return (count, pages);
    }

    /// <summary>Of <c>pdftotext -tsv</c>: words by page, cleaned, with boxes in fractions of the page. What stands off the page is dropped.</summary>
    public static ILookup<int, Word> Words(ReadOnlyMemory<byte> output, IReadOnlyDictionary<int, PdfPage> pages)
    {
        return Encoding.UTF8.GetString(output.Span).Split('\n').SelectMany(line => WordsOf(line, pages)).ToLookup(word => word.Page, word => word.Word);
    }

    /// <summary>Of <c>pdfimages -list</c>.</summary>
    public static ILookup<int, PdfImage> Images(ReadOnlyMemory<byte> output) =>
        Encoding.Latin1.GetString(output.Span).Split('\n').Select(ImageOf).OfType<PdfImage>().ToLookup(image => image.Page);

    private static IEnumerable<(int Page, Word Word)> WordsOf(string line, IReadOnlyDictionary<int, PdfPage> pages)
    {
        // level, page, paragraph, block, line, word, left, top, width, height, confidence, text
        var columns = line.Split('\t', 12);
        if (columns.Length < 12 || columns[0] != "5" || !int.TryParse(columns[1], out var number) || !pages.TryGetValue(number, out var page))
        {
            return [];
        }

        var (left, top) = (Number(columns[6]), Number(columns[7]));
        var (width, height) = (Number(columns[8]), Number(columns[9]));
        var box = new Box(left / page.Width, top / page.Height, (left + width) / page.Width, (top + height) / page.Height);
        return WordText.Split(columns[11], box, confidence: 1).Select(word => (number, word));
    }

    private static PdfImage? ImageOf(string line)
    {
        // page num type width height color comp bpc enc interp (object ID | [inline]) x-ppi y-ppi size ratio
        var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return columns.Length >= 15
            && int.TryParse(columns[0], out var page)
            && int.TryParse(columns[3], out var width)
            && int.TryParse(columns[4], out var height)
            && int.TryParse(columns[6], out var components)
                ? new PdfImage(page, columns[2], width, height, components, columns[8], Number(columns[^4]), Number(columns[^3]), Bytes(columns[^2]))
                : null;
    }

    /// <summary>Of "812B", "70.3K", "1.2M"; 0 where it is no size.</summary>
    private static double Bytes(string text) => text is [.. var number, var unit] && Number(number) is >= 0 and < 1e6 and var count
        ? count * unit switch { 'B' => 1, 'K' => 1e3, 'M' => 1e6, 'G' => 1e9, _ => 0 }
        : 0;

    /// <summary>NaN where it is no number: every comparison with it fails.</summary>
    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;

    [GeneratedRegex(@"^Pages:\s+(?<count>\d{1,9})\s*$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CountLine();

    [GeneratedRegex(@"^Page\s+(?<page>\d{1,9}) size:\s+(?<width>[0-9.e+]+) x (?<height>[0-9.e+]+) pts", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SizeLine();

    [GeneratedRegex(@"^Page\s+(?<page>\d{1,9}) rot:\s+(?<turn>\d{1,3})", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RotationLine();
}
