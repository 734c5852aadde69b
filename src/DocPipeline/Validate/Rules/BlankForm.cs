using DocPipeline.Documents;

namespace DocPipeline.Validate.Rules;

internal sealed class BlankForm : IClaimRule
{
    public string Code => "blank-form";

    public Severity Severity => Severity.Error;

    public string Meaning => "The file is a form that nobody has filled in, or nothing in it could be read.";

    public IEnumerable<PlacedFinding> Check(ClaimUnderReview claim)
    {
        if (claim.IsBlank && (claim.ClaimDocuments.Any() || claim.HasOnlyEmptyPages))
        {
            var message = claim.HasOnlyEmptyPages ? "The pages of this file are empty." : "No field of this form is filled in.";
            yield return this.Found($"{message} Ask the sender for the completed form.", field: null, document: null);
        }
    }
}
