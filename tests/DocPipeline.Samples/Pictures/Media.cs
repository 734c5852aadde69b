using DocPipeline.Samples.Drawing;
using DocPipeline.Samples.Fiction;

namespace DocPipeline.Samples.Pictures;

/// <summary>Sheets as files of pictures.</summary>
internal static class Media
{
    private const int CommonResolution = 200;

    /// <summary>A PDF with one gray JPEG a page, and nothing else.</summary>
    public static byte[] ScanPdf(IReadOnlyList<Sheet> sheets, Dice dice, int quality, int dotsPerInch = CommonResolution) =>
        PdfFile.Write([.. Rasteriser.Render(sheets, dotsPerInch).Select((page, i) => ScanSheet(sheets[i], Degrade.Scan(page, dice), quality))]);

    /// <summary>A PDF with one black-and-white picture a page, as a copier makes it.</summary>
    public static byte[] BilevelPdf(IReadOnlyList<Sheet> sheets, Dice dice, bool dithered, int dotsPerInch = CommonResolution) => PdfFile.Write([.. Rasteriser.Render(sheets, dotsPerInch).Select((page, i) =>
    {
        var scan = Degrade.Scan(page, dice);
        var bits = (dithered ? Degrade.Dither(scan) : scan).ToBits(165);
        return new Sheet(sheets[i].Width, sheets[i].Height) { Picture = new SheetPicture(scan.Width, scan.Height, bits, Bilevel: true) };
    })]);

    public static Sheet ScanSheet(Sheet original, GrayImage scan, int quality) =>
        new(original.Width, original.Height) { Picture = new SheetPicture(scan.Width, scan.Height, Jpeg.Encode(scan, quality), Bilevel: false) };
}
