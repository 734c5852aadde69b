using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Pages.Cascade;
using DocPipeline.Pages.Ocr;
using DocPipeline.Pages.Pdf;
using DocPipeline.Providers;

namespace DocPipeline.Pages;

/// <summary>Pictures of pages: for people who review (made when first asked for, then kept beside the content), and for services and language models (sent, not kept).</summary>
internal sealed class PagePictures(IBlobs blobs, OcrPool ocr, PageOptions options, PdfPictures pdfs)
{
    private const string Jpeg = "image/jpeg";

    private const int LongestSide = 1600;

    /// <summary>For services: a letter page at 300 dpi, and less than any service's limit of 10,000.</summary>
    private const int LongestSideSent = 3300;

    /// <summary>What the smallest of the services' limits leaves: 4 MB.</summary>
    private const int MaxBytesSent = 4_000_000;

    /// <summary>Of a part of a page for a language model: a third of a page at 300 dpi, or a whole one at 90.</summary>
    private const int LongestSideOfPart = 1000;

    private const int MaxBytesOfPart = 200_000;

    public async Task<string> PathAsync(ContentHash content, string format, PagePlan plan, int turns, CancellationToken cancellationToken)
    {
        var name = PageFiles.Picture(plan.Number, turns);
        if (await blobs.FindPathAsync(content, name, cancellationToken) is { } made)
        {
            return made;
        }

        await blobs.WriteDerivedAsync(content, name, await MakeAsync(content, format, plan, turns, cancellationToken), cancellationToken);
        return await blobs.FindPathAsync(content, name, cancellationToken) ?? throw new FileNotFoundException($"The picture {name} of {content} went while it was made.");
    }

    /// <summary>The page as it is sent to a service: as its file displays it, drawn by our own child, within every service's limits.</summary>
    /// <exception cref="DocumentFault">The page cannot be displayed.</exception>
    public async Task<PagePicture> ForServiceAsync(ContentHash content, string format, PagePlan plan, CancellationToken cancellationToken)
    {
        for (var side = LongestSideSent; ; side = side * 2 / 3)
        {
            var picture = await DrawAsync(content, format, plan, side, cancellationToken);
            if (picture.Bytes.Length <= MaxBytesSent)
            {
                return picture;
            }
        }
    }

    /// <summary>A part of the page for a language model that sees: small, and drawn by our own child as everything else.</summary>
    /// <param name="turns">Quarter turns clockwise that bring the page upright.</param>
    /// <param name="part">Of the page brought upright.</param>
    /// <returns>Null for plain text: there is nothing to see but its words.</returns>
    /// <exception cref="DocumentFault">The page cannot be displayed.</exception>
    public async Task<ModelPicture?> PartAsync(ContentHash content, string format, PagePlan plan, int turns, Box part, CancellationToken cancellationToken)
    {
        if (format == FileFormat.Text)
        {
            return null;
        }

        var original = await blobs.PathOfAsync(content, cancellationToken);
        var isPdf = format == FileFormat.Pdf;
        var page = isPdf ? await pdfs.ShowAsync(original, plan.Page, Fitting(plan, 2 * LongestSideOfPart), cancellationToken) : default;
        var displayed = Upright.Turn(part, -turns & 3);
        for (var side = LongestSideOfPart; ; side = side * 2 / 3)
        {
            var request = PageRecognizer.Request(OcrTask.Picture, isPdf ? null : original, options, isPdf ? 0 : plan.Number - 1, turns: turns, maxSide: side);
            var (reply, jpeg) = await ocr.AskAsync(request with { Part = new(displayed.X0, displayed.Y0, displayed.X1, displayed.Y1) }, page, cancellationToken);
            if (jpeg.Length <= MaxBytesOfPart)
            {
                return new(Jpeg, reply.Width, reply.Height, jpeg);
            }
        }
    }

    private async Task<PagePicture> DrawAsync(ContentHash content, string format, PagePlan plan, int longestSide, CancellationToken cancellationToken)
    {
        var original = await blobs.PathOfAsync(content, cancellationToken);
        if (format == FileFormat.Pdf)
        {
            return new(plan.Number, plan.Width, plan.Height, Jpeg, await pdfs.ShowAsync(original, plan.Page, Fitting(plan, longestSide), cancellationToken));
        }

        var request = PageRecognizer.Request(OcrTask.Picture, original, options, plan.Number - 1, maxSide: longestSide);
        var (reply, bytes) = await ocr.AskAsync(request, default, cancellationToken);
        var (width, height) = PageRecognizer.SizeOf(reply);
        return new(plan.Number, width, height, Jpeg, bytes);
    }

    /// <summary>Longer side in pixels at the resolution that is set, if it is not longer than that.</summary>
    private int Fitting(PagePlan plan, int longestSide) => (int)Math.Clamp(Math.Max(plan.Width, plan.Height) / 72 * options.Dpi, 100, longestSide);

    private async Task<ReadOnlyMemory<byte>> MakeAsync(ContentHash content, string format, PagePlan plan, int turns, CancellationToken cancellationToken)
    {
        var original = await blobs.PathOfAsync(content, cancellationToken);
        switch (format)
        {
            case FileFormat.Pdf:
                var page = await pdfs.ShowAsync(original, plan.Page, LongestSide, cancellationToken);
                return turns == 0 ? page : await AskAsync(path: null, frame: 0, turns, page, cancellationToken);
            case FileFormat.Text:
                return await ShowTextAsync(original, plan, cancellationToken);
            default:
                return await AskAsync(original, plan.Number - 1, turns, default, cancellationToken);
        }
    }

    private async Task<ReadOnlyMemory<byte>> AskAsync(string? path, int frame, int turns, ReadOnlyMemory<byte> picture, CancellationToken cancellationToken)
    {
        var request = PageRecognizer.Request(OcrTask.Picture, path, options, frame, turns: turns, maxSide: LongestSide);
        var (_, jpeg) = await ocr.AskAsync(request, picture, cancellationToken);
        return jpeg;
    }

    private async Task<ReadOnlyMemory<byte>> ShowTextAsync(string original, PagePlan plan, CancellationToken cancellationToken)
    {
        var sheets = PlainText.Lines(await File.ReadAllBytesAsync(original, cancellationToken));
        var sheet = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await File.WriteAllBytesAsync(sheet, TextSheet.ToPdf(sheets[plan.Number - 1]), cancellationToken);
            return await pdfs.ShowAsync(sheet, new PdfPage(1, plan.Width, plan.Height, Rotation: 0), LongestSide, cancellationToken);
        }
        finally
        {
            File.Delete(sheet);
        }
    }
}
