using DocPipeline.Documents;

namespace DocPipeline.Validate.Rules;

internal sealed class UnclassifiedPages : IClaimRule
{
    public string Code => "unclassified-pages";

    public Severity Severity => Severity.Warning;

    public string Meaning => "Some pages between the documents are of no known type.";

    public IEnumerable<PlacedFinding> Check(ClaimUnderReview claim)
    {
        if (!claim.ClaimDocuments.Any())
        {
            yield break;
        }

        foreach (var (index, document) in claim.Documents.Where(entry => NoClaimTypes.IsNoClaim(entry.Document.Type)))
        {
            var pages = document.Pages.Count == 1 ? $"Page {document.Pages[0]} is" : $"Pages {string.Join(", ", document.Pages)} are";
            yield return this.Found($"{pages} of no known type and gave no fields.", field: null, index);
        }
    }
}
