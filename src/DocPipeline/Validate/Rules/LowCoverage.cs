using DocPipeline.Documents;

namespace DocPipeline.Validate.Rules;

internal sealed class LowCoverage(ValidateOptions options) : IClaimRule
{
    /// <summary>Of a few words, a stamp and an address are most.</summary>
    private const int FewWords = 30;

    public string Code => "low-coverage";

    public Severity Severity => Severity.Warning;

    public string Meaning => "Much of a page is neither a value nor a label nor running text: something on it may have been passed over.";

    public IEnumerable<PlacedFinding> Check(ClaimUnderReview claim)
    {
        foreach (var (index, document) in claim.ClaimDocuments)
        {
            foreach (var page in document.Coverage.Where(page => page.Words >= FewWords && page.Share < options.LeastCoverage))
            {
                yield return this.Found(
                    $"Of {page.Words} words on page {page.Page} only {page.Explained} belong to a value, a label or a sentence. See whether something was passed over.",
                    field: null,
                    index);
            }
        }
    }
}
