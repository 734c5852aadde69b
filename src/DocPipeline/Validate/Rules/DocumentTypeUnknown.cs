using DocPipeline.Documents;

namespace DocPipeline.Validate.Rules;

internal sealed class DocumentTypeUnknown : IClaimRule
{
    public string Code => "document-type-unknown";

    public Severity Severity => Severity.Error;

    public string Meaning => "No document of the file is of a known type, so nothing says which fields it must have.";

    public IEnumerable<PlacedFinding> Check(ClaimUnderReview claim)
    {
        if (claim.HasOnlyEmptyPages)
        {
            yield break;
        }

        var types = claim.Claim.Documents.Select(document => document.Type).ToHashSet();
        if (types.All(NoClaimTypes.IsNoClaim) && (types.Count == 0 || types.Contains(NoClaimTypes.Other)))
        {
            yield return this.Found("No document of this file is of a known type. Choose its type.", field: null, document: null);
        }
    }
}
