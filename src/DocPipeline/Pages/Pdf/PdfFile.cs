using System.Text.RegularExpressions;
using DocPipeline.Documents;

namespace DocPipeline.Pages.Pdf;

/// <summary>What poppler says about a PDF, each asked once a document.</summary>
internal sealed record PdfContents(IReadOnlyList<PdfPage> Pages, ILookup<int, Word> Words, ILookup<int, PdfImage> Images);

/// <summary>Opens PDFs through poppler's programs.</summary>
internal sealed partial class PdfFile(LimitedProgram programs, PageOptions options)
{
    private const long MaxTable = 64 << 20;
    private static readonly string[] Locked = ["Incorrect password", "Unsupported security handler", "Unsupported version/revision", "Weird encryption", "Couldn't find the security handler"];

    /// <summary>Sizes of the pages, the text layer and the list of images.</summary>
    /// <exception cref="DocumentFault">Locked, broken, without pages, or beyond a limit.</exception>
    public async Task<PdfContents> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var pages = await PagesAsync(path, cancellationToken);
        var last = pages[^1].Number.ToString();
        var text = programs.RunAsync("pdftotext", ["-tsv", "-cropbox", "-l", last, path, "-"], MaxTable, cancellationToken);
        var images = programs.RunAsync("pdfimages", ["-list", "-l", last, path], MaxTable, cancellationToken);
        await Task.WhenAll(text, images);

        // A crash of either is survivable: without text or images known the pages are read as pictures.
        return new PdfContents(
            pages,
            PdfTables.Words((await text).Output, pages.ToDictionary(page => page.Number)),
            PdfTables.Images((await images).Output));
    }

    private async Task<IReadOnlyList<PdfPage>> PagesAsync(string path, CancellationToken cancellationToken)
    {
        var info = await programs.RunAsync("pdfinfo", ["-f", "1", "-l", options.MaxPages.ToString(), path], MaxTable, cancellationToken);
        if (Locked.Any(sentence => info.Errors.Contains(sentence, StringComparison.Ordinal)))
        {
            throw new DocumentFault(FaultCodes.Encrypted, "This PDF is protected by a password. Ask the sender for the password, save the PDF without it and send it again.");
        }

        var (count, pages) = PdfTables.Pages(info.Output);
        var claimed = ClaimedCount().Match(info.Errors) is { Success: true } match && long.TryParse(match.Groups["count"].Value, out var value) ? value : count;
        if (Math.Max(count, claimed) > options.MaxPages)
        {
            throw new DocumentFault(FaultCodes.TooManyPages, $"This PDF has {Math.Max(count, claimed)} pages; at most {options.MaxPages} are read. Split it into one file per claim.");
        }

        if (pages.Count > 0)
        {
            return pages;
        }

        throw info.Output.IsEmpty && info.ExitCode != 99
            ? new DocumentFault(FaultCodes.Corrupt, "This PDF is damaged and cannot be opened. Ask the sender for a new copy.")
            : new DocumentFault(FaultCodes.NoPages, "This PDF has no pages. Ask the sender for a new copy.");
    }

    /// <summary>Poppler ignores a page count larger than the number of objects, and complains.</summary>
    [GeneratedRegex(@"Page count \((?<count>\d{1,12})\) larger", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ClaimedCount();
}
