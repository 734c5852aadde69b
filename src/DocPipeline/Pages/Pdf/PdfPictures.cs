using System.Globalization;
using DocPipeline.Documents;

namespace DocPipeline.Pages.Pdf;

/// <summary>Pictures of PDF pages: the scan itself where a page is nothing but one picture, otherwise the page rendered.</summary>
internal sealed class PdfPictures(LimitedProgram programs, PageOptions options)
{
    /// <summary>Longest side of a rendered page: A3 at 300 dpi. Poster-size pages are rendered smaller, not refused.</summary>
    private const int LongestSide = 5000;

    /// <summary>Longest side of a sketch: enough to tell which way up a page is.</summary>
    private const int SketchSide = 240;

    /// <summary>The page in 8-bit grey (PGM) at the resolution that suits it, and that resolution.</summary>
    public async Task<(ReadOnlyMemory<byte> Picture, int Dpi)> RenderAsync(string path, PdfPage page, int dpi, CancellationToken cancellationToken)
    {
        var fitting = (int)Math.Clamp(LongestSide * 72 / Math.Max(page.Width, page.Height), 1, dpi);
        string[] size = fitting < dpi ? ["-scale-to", LongestSide.ToString()] : ["-r", dpi.ToString()];
        var pixels = (int)Math.Min(options.MaxPixels, page.Width * page.Height / 72 / 72 * fitting * fitting * 1.02);
        return (await RunAsync(path, page, ["-gray", .. size], "P5"u8.ToArray(), pixels, cancellationToken), fitting);
    }

    /// <summary>The page as a JPEG in colour whose longer side is <paramref name="longestSide"/>.</summary>
    public Task<ReadOnlyMemory<byte>> ShowAsync(string path, PdfPage page, int longestSide, CancellationToken cancellationToken) =>
        RunAsync(path, page, ["-jpeg", "-jpegopt", "quality=85", "-scale-to", longestSide.ToString()], [0xFF, 0xD8], expected: 0, cancellationToken);

    /// <summary>The page in few grey pixels (PGM).</summary>
    public Task<ReadOnlyMemory<byte>> SketchAsync(string path, PdfPage page, CancellationToken cancellationToken) =>
        RunAsync(path, page, ["-gray", "-scale-to", SketchSide.ToString(CultureInfo.InvariantCulture)], "P5"u8.ToArray(), SketchSide * SketchSide, cancellationToken);

    /// <summary>The page's scan as a file: a JPEG byte for byte, everything else unpacked, pixel for pixel. Disposing removes it.</summary>
    public async Task<ScanFile> ScanAsync(string path, PdfPage page, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("docpipeline-");
        try
        {
            var number = page.Number.ToString(CultureInfo.InvariantCulture);
            await programs.RunAsync("pdfimages", ["-j", "-f", number, "-l", number, path, Path.Combine(folder.FullName, "scan")], maxOutput: 1024, cancellationToken);
            return new ScanFile(folder);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    private async Task<ReadOnlyMemory<byte>> RunAsync(string path, PdfPage page, string[] how, byte[] magic, int expected, CancellationToken cancellationToken)
    {
        var number = page.Number.ToString(CultureInfo.InvariantCulture);
        string[] arguments = [.. how, "-cropbox", "-f", number, "-l", number, path];
        var result = await programs.RunAsync("pdftoppm", arguments, options.MaxPixels + 100, cancellationToken, expected);

        // An exit code of 0 proves nothing: look at what came out.
        return result.Output.Span.StartsWith(magic) && result.Output.Length > 16
            ? result.Output
            : throw new DocumentFault(
                result.Crashed ? FaultCodes.ReaderCrashed : FaultCodes.Corrupt,
                $"Page {page.Number} of this PDF is damaged and cannot be displayed. Ask the sender for a new copy.");
    }
}
