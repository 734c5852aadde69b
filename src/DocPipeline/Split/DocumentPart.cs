using DocPipeline.Documents;

namespace DocPipeline.Split;

/// <summary>Pages of a file that make one document of one type.</summary>
/// <param name="Type">The document type's name, such as <c>repair_estimate</c>, or <c>other</c> or <c>not_a_claim</c>.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Pages">Page numbers in the file, ascending; at least one.</param>
public sealed record DocumentPart(string Type, double Confidence, IReadOnlyList<int> Pages)
{
    /// <summary>Its pages among those of the file.</summary>
    public IReadOnlyList<Page> PagesOf(IReadOnlyList<Page> file) => [.. file.Where(page => Pages.Contains(page.Number))];
}
