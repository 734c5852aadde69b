using DocPipeline.Documents;

namespace DocPipeline.Validate.Rules;

internal sealed class UnreadablePage(ValidateOptions options) : IClaimRule
{
    /// <summary>A few unsure words are a stamp or a logo.</summary>
    private const int FewWords = 5;

    public string Code => "unreadable-page";

    public Severity Severity => Severity.Warning;

    public string Meaning => "A page has something on it, but most of it could not be read surely.";

    public IEnumerable<PlacedFinding> Check(ClaimUnderReview claim)
    {
        foreach (var page in claim.Pages.Where(page => !page.IsBlank))
        {
            var document = claim.Documents.Where(entry => entry.Document.Pages.Contains(page.Page)).Select(entry => (int?)entry.Index).FirstOrDefault();
            if (page.Words == 0)
            {
                yield return this.Found($"Nothing could be read on page {page.Page}, but it is not empty.", field: null, document);
            }
            else if (page.Words > FewWords && page.WeakShare > options.LargestWeakShare)
            {
                yield return this.Found($"Most words of page {page.Page} could not be read surely. Ask for a better scan if something is missing.", field: null, document);
            }
        }
    }
}
