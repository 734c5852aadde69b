using DocPipeline.Documents;
using DocPipeline.Extract;

namespace DocPipeline.Tests.Extract;

/// <summary>What the extractor makes of documents that are printed line by line.</summary>
internal static class PrintedDocument
{
    private static readonly DocumentExtractor Extractor = new(new FixedTime(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero)));

    public static ExtractedDocument Printed(string type, string text) => Printed(type, [1], PrintedPage.Of(text));

    /// <param name="numbers">The pages of the document; the others are the rest of its file.</param>
    public static ExtractedDocument Printed(string type, int[] numbers, params Page[] pages) => Extractor.Extract(new(type, 1, numbers), pages);

    /// <summary>Recognised, and not too surely.</summary>
    public static ExtractedDocument Receipt(string text)
    {
        var page = PrintedPage.Of(text, source: PageSources.Tesseract);
        return Printed("receipt", [1], page with { Words = [.. page.Words.Select(word => word with { Confidence = 0.8 })] });
    }

    public static string? Value(ExtractedDocument document, string field) =>
        document.Fields.FirstOrDefault(candidates => candidates.Field == field)?.Candidates[0].Value;

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
