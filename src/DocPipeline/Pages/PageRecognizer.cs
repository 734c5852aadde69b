using DocPipeline.Documents;
using DocPipeline.Pages.Layer;
using DocPipeline.Pages.Ocr;
using DocPipeline.Pages.Pdf;

namespace DocPipeline.Pages;

/// <summary>Gets one page's words from a reader child, by the shortest way that reads well.</summary>
internal sealed class PageRecognizer(OcrPool ocr, PdfPictures pictures, PageOptions options)
{
    /// <summary>The side that a picture without a resolution is taken to have: a letter page's, in points.</summary>
    private const double LongSide = 792;

    public static OcrRequest Request(OcrTask task, string? path, PageOptions options, int frame = 0, int? dpi = null, int turns = 0, int maxSide = 0) =>
        new(task, path, frame, dpi, turns, options.MaxPixels, options.MaxPages + 1, maxSide, Twice: options.SecondReading);

    /// <summary>A picture file, or one picture of a TIFF.</summary>
    public async Task<PageRecord> OfPictureAsync(string path, int page, CancellationToken cancellationToken)
    {
        var (reply, _) = await ocr.AskAsync(Request(OcrTask.Recognize, path, options, frame: page - 1), default, cancellationToken);
        var size = SizeOf(reply);
        return new PageRecord(PageOf(page, size.Width, size.Height, reply), reply.Turns);
    }

    /// <summary>A page of a PDF, rendered.</summary>
    public async Task<PageRecord> OfPdfAsync(string path, PagePlan plan, CancellationToken cancellationToken)
    {
        var (picture, dpi) = await pictures.RenderAsync(path, plan.Page, BestDpi(plan.Page, plan.Images), cancellationToken);
        var (reply, _) = await ocr.AskAsync(Request(OcrTask.Recognize, path: null, options, dpi: dpi), picture, cancellationToken);
        return RecordOf(plan, reply);
    }

    /// <summary>A page of a PDF, read from the scan that it displays: many times faster than rendering, and no pixel is interpolated.</summary>
    /// <param name="compare">Read it only if it looks as the page is displayed.</param>
    /// <returns>Null where the page must be rendered.</returns>
    public async Task<PageRecord?> OfScanAsync(string path, PagePlan plan, bool compare, CancellationToken cancellationToken)
    {
        using var scan = await pictures.ScanAsync(path, plan.Page, cancellationToken);
        if (scan.Path is null)
        {
            return null;
        }

        var displayed = compare ? await pictures.SketchAsync(path, plan.Page, cancellationToken) : default;
        try
        {
            var (reply, _) = await ocr.AskAsync(Request(OcrTask.Recognize, scan.Path, options, dpi: (int)plan.Images[0].HorizontalDpi), displayed, cancellationToken);
            return reply.Displaced ? null : RecordOf(plan, reply);
        }
        catch (DocumentFault fault) when (fault.Code == FaultCodes.Corrupt && scan.IsDiskFull)
        {
            throw new IOException("The folder for temporary files is full.", fault);
        }
    }

    private static PageRecord RecordOf(PagePlan plan, OcrReply reply)
    {
        var (width, height) = (reply.Turns & 1) == 1 ? (plan.Height, plan.Width) : (plan.Width, plan.Height);
        return new PageRecord(PageOf(plan.Number, width, height, reply), reply.Turns);
    }

    /// <summary>A scan is rendered at its own resolution: finer invents nothing and costs time; all else at the set resolution.</summary>
    private int BestDpi(PdfPage page, IReadOnlyList<PdfImage> images)
    {
        var scan = images.FirstOrDefault(image => image.Kind is "image" or "stencil" && image.ShareOf(page) > 0.9);
        return scan is null ? options.Dpi : (int)Math.Clamp(Math.Round(Math.Max(scan.HorizontalDpi, scan.VerticalDpi)), 30, 400);
    }

    /// <summary>Size in points of a picture file's page.</summary>
    public static (double Width, double Height) SizeOf(OcrReply reply)
    {
        // 72 and 96 are what programs write that do not know.
        var points = reply.Dpi is >= 100 and <= 1200 ? 72.0 / reply.Dpi : LongSide / Math.Max(1, Math.Max(reply.Width, reply.Height));
        return (reply.Width * points, reply.Height * points);
    }

    private static Page PageOf(int number, double width, double height, OcrReply reply)
    {
        var words = WordsOf(reply.Words ?? []);
        var again = (reply.Again ?? []).Select(line => new SecondLook(BoxOf(line.X0, line.Y0, line.X1, line.Y1), WordsOf(line.Words)));
        return new Page(number, width, height, reply.Blank ? PageSources.Blank : PageSources.Tesseract, ReadingVote.Decide(words, [.. again]));

        IReadOnlyList<Word> WordsOf(IReadOnlyList<OcrWord> read) =>
            [.. read.SelectMany(word => WordText.Split(word.Text, BoxOf(word.X0, word.Y0, word.X1, word.Y1), word.Confidence))];

        Box BoxOf(int x0, int y0, int x1, int y1) => new((double)x0 / reply.Width, (double)y0 / reply.Height, (double)x1 / reply.Width, (double)y1 / reply.Height);
    }
}
