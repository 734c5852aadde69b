using DocPipeline.Documents;

namespace DocPipeline.Validate.Rules;

internal sealed class NotAClaim : IClaimRule
{
    public const string RuleCode = "not-a-claim";

    public string Code => RuleCode;

    public Severity Severity => Severity.Error;

    public string Meaning => "No page of the file has to do with a claim.";

    public IEnumerable<PlacedFinding> Check(ClaimUnderReview claim)
    {
        if (claim.Claim.Documents.Count > 0 && claim.Claim.Documents.All(document => document.Type == NoClaimTypes.NotAClaim))
        {
            yield return this.Found("No page of this file has to do with a claim. If it was sent by mistake, nothing is to be done.", field: null, document: null);
        }
    }
}
