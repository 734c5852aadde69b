using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Pages.Ocr;
using DocPipeline.Pages.Pdf;

namespace DocPipeline.Pages;

/// <summary>Pictures of pages for people who review. Made when first asked for, then kept beside the content.</summary>
internal sealed class PagePictures(BlobFolder blobs, OcrPool ocr, PageOptions options, PdfPictures pdfs)
{
    private const int LongestSide = 1600;

    public async Task<string> PathAsync(ContentHash content, string format, PagePlan plan, int turns, CancellationToken cancellationToken)
    {
        var name = PageFiles.Picture(plan.Number, turns);
        var path = blobs.DerivedPath(content, name);
        if (!File.Exists(path))
        {
            await blobs.WriteDerivedAsync(content, name, await MakeAsync(content, format, plan, turns, cancellationToken), cancellationToken);
        }

        return path;
    }

    private async Task<ReadOnlyMemory<byte>> MakeAsync(ContentHash content, string format, PagePlan plan, int turns, CancellationToken cancellationToken)
    {
        var original = blobs.PathOf(content);
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
