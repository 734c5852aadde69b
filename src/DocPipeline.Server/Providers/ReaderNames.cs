using DocPipeline.Documents;

namespace DocPipeline.Server.Providers;

/// <summary>The readers of the settings.</summary>
internal static class ReaderNames
{
    public const string Textract = "textract";
    public const string DocumentIntelligence = "document-intelligence";

    private static readonly string[] Services = [Textract, DocumentIntelligence];

    /// <summary>The services among them, in their order; our own reader comes after them, named or not.</summary>
    public static bool TryParse(string text, out IReadOnlyList<string> services)
    {
        var names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        services = names is [.. var before, PageSources.Tesseract] ? before : names;
        return services.All(Services.Contains) && services.Distinct().Count() == services.Count;
    }

    public static IReadOnlyList<string> ServicesOf(string text) => TryParse(text, out var services) ? services : [];
}
