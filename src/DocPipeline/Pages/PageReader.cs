using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Pages.Cascade;
using DocPipeline.Pages.Layer;
using DocPipeline.Pages.Ocr;
using DocPipeline.Pages.Pdf;
using DocPipeline.Providers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DocPipeline.Pages;

/// <summary>
/// From a file to words on pages. Every result is a derived file beside the content, so a second run finds it and does nothing.
/// The host never looks inside a PDF or a picture itself: that is done by children with limits.
/// </summary>
public sealed class PageReader
{
    private readonly IBlobs _blobs;
    private readonly PageRecords _records;
    private readonly OcrPool _ocr;
    private readonly PageOptions _options;
    private readonly PdfFile _pdf;
    private readonly PageRecognizer _recognizer;
    private readonly ScanReader _scans;
    private readonly PagePictures _pictures;
    private readonly PageCascade _cascade;

    public PageReader(IBlobs blobs, OcrPool ocr, IOptions<PageOptions> options, TimeProvider time, PageEngines engines, ProviderGate gate, ILogger<PageReader> log)
    {
        _blobs = blobs;
        _records = new PageRecords(blobs);
        _ocr = ocr;
        _options = options.Value;
        var programs = new LimitedProgram(_options, time);
        var pictures = new PdfPictures(programs, _options);
        _pdf = new PdfFile(programs, _options);
        _recognizer = new PageRecognizer(ocr, pictures, _options);
        _scans = new ScanReader(blobs, _records, _recognizer);
        _pictures = new PagePictures(blobs, ocr, _options, pictures);
        _cascade = new PageCascade(engines, gate, _pictures, blobs, log);
    }

    /// <summary>Detects the format, checks the limits, stores the words of usable text layers and says which pages need recognition.</summary>
    /// <exception cref="DocumentFault">The file cannot be read; the message says why and what to do.</exception>
    public async Task<OpenedFile> OpenAsync(ContentHash content, CancellationToken cancellationToken)
    {
        // 1. Opened before? Done.
        if (await _records.FindAsync<OpenedRecord>(content, PageFiles.Opened, cancellationToken) is { } known)
        {
            return known.Of(content);
        }

        // 2. What is it? By its bytes; the name plays no part.
        var format = await DetectAsync(content, cancellationToken);

        // 3. Its pages, and the words that need no recognition.
        var pages = format switch
        {
            FileFormat.Pdf => await OpenPdfAsync(content, cancellationToken),
            FileFormat.Text => await OpenTextAsync(content, cancellationToken),
            _ => await OpenPictureAsync(content, cancellationToken),
        };

        // 4. Recorded last: whoever finds this file finds the pages too.
        var opened = new OpenedRecord(format, pages);
        await _records.WriteAsync(content, PageFiles.Opened, opened, cancellationToken);
        return opened.Of(content);
    }

    /// <inheritdoc cref="RecognizeAsync(ContentHash, int, string?, CancellationToken)"/>
    public Task<RecognizedPage> RecognizeAsync(ContentHash content, int page, CancellationToken cancellationToken) => RecognizeAsync(content, page, submission: null, cancellationToken);

    /// <summary>Recognises one page that <see cref="OpenAsync"/> named. Done before by the same readers: returns what was found then.</summary>
    /// <param name="submission">For whom services are paid; null outside of a workflow.</param>
    /// <exception cref="DocumentFault">The page is broken, or reading it crashed or hung two children.</exception>
    public async Task<RecognizedPage> RecognizeAsync(ContentHash content, int page, string? submission, CancellationToken cancellationToken)
    {
        var name = PageFiles.Page(page, _cascade.Name);
        if (await _records.FindAsync<PageRecord>(content, name, cancellationToken) is { } known)
        {
            return new RecognizedPage(page, known.Page.Words.Count);
        }

        var opened = await OpenedAsync(content, cancellationToken);
        var plan = PlanOf(opened, page);
        var record = await _cascade.ReadAsync(content, opened.Format, plan, submission, cancellationToken) switch
        {
            { Record: { } read } => await MergeLayerAsync(content, plan, read, cancellationToken),
            var unread => unread.Explain(await ReadOurselvesAsync(content, opened.Format, plan, cancellationToken)),
        };
        await _records.WriteAsync(content, name, record, cancellationToken);
        return new RecognizedPage(page, record.Page.Words.Count);
    }

    /// <summary>All pages of a file that was opened and whose pages were recognised, ascending.</summary>
    /// <exception cref="InvalidOperationException">A page has not been read yet.</exception>
    public async Task<IReadOnlyList<Page>> ReadPagesAsync(ContentHash content, CancellationToken cancellationToken)
    {
        var opened = await OpenedAsync(content, cancellationToken);
        var pages = new List<Page>(opened.Pages.Count);
        foreach (var plan in opened.Pages)
        {
            var record = await FindPageRecordAsync(content, plan.Number, cancellationToken)
                ?? throw new InvalidOperationException($"Page {plan.Number} of {content} has not been recognised yet.");
            pages.Add(record.Page);
        }

        return pages;
    }

    /// <summary>One page of a file that was opened; null if it has no such page, or if it has not been recognised yet.</summary>
    public async Task<Page?> FindPageAsync(ContentHash content, int page, CancellationToken cancellationToken) =>
        (await FindPageRecordAsync(content, page, cancellationToken))?.Page;

    /// <summary>Path of a JPEG of the page for people, at most 1,600 pixels long, turned as the boxes of its words are. Made on demand, then kept.</summary>
    /// <exception cref="DocumentFault">The page cannot be displayed.</exception>
    public async Task<string> PictureAsync(ContentHash content, int page, CancellationToken cancellationToken)
    {
        var opened = await OpenedAsync(content, cancellationToken);
        var plan = PlanOf(opened, page);
        var record = await FindPageRecordAsync(content, page, cancellationToken);
        return await _pictures.PathAsync(content, opened.Format, plan, record?.Turns ?? 0, cancellationToken);
    }

    /// <summary>A page as it is sent to a service; null for a text file, of which there is no picture.</summary>
    /// <exception cref="DocumentFault">The page cannot be displayed.</exception>
    public async Task<PagePicture?> PictureForServiceAsync(ContentHash content, int page, CancellationToken cancellationToken)
    {
        var opened = await OpenedAsync(content, cancellationToken);
        return opened.Format == FileFormat.Text ? null : await _pictures.ForServiceAsync(content, opened.Format, PlanOf(opened, page), cancellationToken);
    }

    /// <summary>Quarter turns clockwise from a page as it is sent to a service to the page that its words are boxed on.</summary>
    public async Task<int> TurnsOfAsync(ContentHash content, int page, CancellationToken cancellationToken) => (await FindPageRecordAsync(content, page, cancellationToken))?.Turns ?? 0;

    /// <summary>A small JPEG of a part of a page, for a language model that sees. Made anew each time.</summary>
    /// <param name="part">Of the page as the boxes of its words are measured.</param>
    /// <returns>Null where there is nothing to see but words, and where the page cannot be displayed.</returns>
    public async Task<ModelPicture?> PartAsync(ContentHash content, int page, Box part, CancellationToken cancellationToken)
    {
        var opened = await OpenedAsync(content, cancellationToken);
        var record = await FindPageRecordAsync(content, page, cancellationToken);
        try
        {
            return await _pictures.PartAsync(content, opened.Format, PlanOf(opened, page), record?.Turns ?? 0, part, cancellationToken);
        }
        catch (DocumentFault)
        {
            return null;
        }
    }

    private async Task<string> DetectAsync(ContentHash content, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(await _blobs.PathOfAsync(content, cancellationToken));
        if (file.Length > _options.MaxBytes)
        {
            throw new DocumentFault(FaultCodes.TooLarge, $"The file is larger than {_options.MaxBytes / 1_000_000} MB. Split it or scan it at a lower resolution.");
        }

        var start = new byte[FileFormat.Glance];
        var count = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        return FileFormat.Detect(start.AsSpan(0, count));
    }

    private async Task<IReadOnlyList<PagePlan>> OpenPdfAsync(ContentHash content, CancellationToken cancellationToken)
    {
        var pdf = await _pdf.OpenAsync(await _blobs.PathOfAsync(content, cancellationToken), cancellationToken);
        var plans = new List<PagePlan>(pdf.Pages.Count);
        foreach (var page in pdf.Pages)
        {
            IReadOnlyList<Word> words = [.. pdf.Words[page.Number]];
            IReadOnlyList<PdfImage> images = [.. pdf.Images[page.Number].Take(20)];
            var reading = LayerJudge.Judge(page, words, images);
            var layer = new Page(page.Number, page.Width, page.Height, PageSources.TextLayer, words);
            if (reading == Reading.Layer)
            {
                await _records.WriteAsync(content, PageFiles.Page(page.Number), new PageRecord(layer, Turns: 0), cancellationToken);
            }
            else if (reading == Reading.Both)
            {
                await _records.WriteAsync(content, PageFiles.Layer(page.Number), layer, cancellationToken);
            }

            plans.Add(new PagePlan(page.Number, page.Width, page.Height, page.Rotation, reading, images));
        }

        return plans;
    }

    private async Task<IReadOnlyList<PagePlan>> OpenTextAsync(ContentHash content, CancellationToken cancellationToken)
    {
        var sheets = PlainText.Lines(await File.ReadAllBytesAsync(await _blobs.PathOfAsync(content, cancellationToken), cancellationToken));
        CheckPages(sheets.Count);
        var plans = new List<PagePlan>(sheets.Count);
        foreach (var (index, lines) in sheets.Index())
        {
            var page = PlainText.Page(index + 1, lines);
            await _records.WriteAsync(content, PageFiles.Page(page.Number), new PageRecord(page, Turns: 0), cancellationToken);
            plans.Add(new PagePlan(page.Number, page.Width, page.Height, Rotation: 0, Reading.Layer, []));
        }

        return plans;
    }

    private async Task<IReadOnlyList<PagePlan>> OpenPictureAsync(ContentHash content, CancellationToken cancellationToken)
    {
        var (reply, _) = await _ocr.AskAsync(PageRecognizer.Request(OcrTask.Inspect, await _blobs.PathOfAsync(content, cancellationToken), _options), default, cancellationToken);
        var frames = reply.Frames ?? [];
        CheckPages(frames.Count);
        return frames.Any(frame => frame.Width <= 0 || frame.Height <= 0 || (long)frame.Width * frame.Height > _options.MaxPixels)
            ? throw PictureFaults.Of(FaultCodes.TooManyPixels)
            : [.. frames.Select((_, index) => new PagePlan(index + 1, Width: 0, Height: 0, Rotation: 0, Reading.Recognize, []))];
    }

    private void CheckPages(int count)
    {
        if (count == 0)
        {
            throw new DocumentFault(FaultCodes.NoPages, "The file has no pages. Ask the sender to send it again.");
        }

        if (count > _options.MaxPages)
        {
            throw new DocumentFault(FaultCodes.TooManyPages, $"The file has more than {_options.MaxPages} pages. Split it into one file per claim.");
        }
    }

    private static PagePlan PlanOf(OpenedRecord opened, int page) =>
        opened.Pages.FirstOrDefault(plan => plan.Number == page) ?? throw new ArgumentOutOfRangeException(nameof(page), page, "The file has no such page.");

    /// <summary>Our own reading of a page, with its layer; kept under its own name, whatever the cascade makes of it.</summary>
    private async Task<PageRecord> ReadOurselvesAsync(ContentHash content, string format, PagePlan plan, CancellationToken cancellationToken)
    {
        if (await _records.FindAsync<PageRecord>(content, PageFiles.Page(plan.Number), cancellationToken) is { } known)
        {
            return known;
        }

        var record = await MergeLayerAsync(
            content,
            plan,
            format == FileFormat.Pdf
                ? await RecognizePdfAsync(content, plan, cancellationToken)
                : await _recognizer.OfPictureAsync(await _blobs.PathOfAsync(content, cancellationToken), plan.Number, cancellationToken),
            cancellationToken);
        if (_cascade.Name.Length > 0)
        {
            await _records.WriteAsync(content, PageFiles.Page(plan.Number), record, cancellationToken);
        }

        return record;
    }

    private async Task<PageRecord> MergeLayerAsync(ContentHash content, PagePlan plan, PageRecord record, CancellationToken cancellationToken)
    {
        if (plan.Reading != Reading.Both || record.Turns != 0 || await _records.FindAsync<Page>(content, PageFiles.Layer(plan.Number), cancellationToken) is not { } layer)
        {
            return record;
        }

        var (source, words) = LayerMerge.Merge(layer.Words, seenBy: record.Page.Source == PageSources.Blank ? PageSources.Tesseract : record.Page.Source, record.Page.Words);
        return record with { Page = record.Page with { Source = source, Words = words } };
    }

    /// <summary>
    /// The page as the readers of today's settings read it; if they have not, as our own did, which is also the name of pages with a good text layer; else as any did:
    /// settings may change between two steps of a document, and what was read stays read.
    /// </summary>
    private async Task<PageRecord?> FindPageRecordAsync(ContentHash content, int page, CancellationToken cancellationToken)
    {
        foreach (var name in (string[])[PageFiles.Page(page, _cascade.Name), PageFiles.Page(page)])
        {
            if (await _records.FindAsync<PageRecord>(content, name, cancellationToken) is { } record)
            {
                return record;
            }
        }

        return await _blobs.FindDerivedAsync(content, $"page-{page}-", cancellationToken) is [var other, ..] ? await _records.FindAsync<PageRecord>(content, other, cancellationToken) : null;
    }

    /// <summary>A scan is taken out of its PDF if it may be, all else is rendered.</summary>
    private async Task<PageRecord> RecognizePdfAsync(ContentHash content, PagePlan plan, CancellationToken cancellationToken) =>
        (plan.IsScan ? await _scans.ReadAsync(content, plan, cancellationToken) : null)
            ?? await _recognizer.OfPdfAsync(await _blobs.PathOfAsync(content, cancellationToken), plan, cancellationToken);

    private async Task<OpenedRecord> OpenedAsync(ContentHash content, CancellationToken cancellationToken)
    {
        if (await _records.FindAsync<OpenedRecord>(content, PageFiles.Opened, cancellationToken) is { } known)
        {
            return known;
        }

        await OpenAsync(content, cancellationToken);
        return (await _records.FindAsync<OpenedRecord>(content, PageFiles.Opened, cancellationToken))!;
    }
}
