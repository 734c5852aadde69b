using DocPipeline.Documents;

namespace DocPipeline.Validate.Rules;

internal sealed class LossOutsidePolicyPeriod : IClaimRule
{
    public string Code => "loss-outside-policy-period";

    public Severity Severity => Severity.Error;

    public string Meaning => "The loss happened before the policy began or after it ended.";

    public IEnumerable<PlacedFinding> Check(ClaimUnderReview claim)
    {
        if (claim["date_of_loss"] is not { } loss || loss.AsDate() is not { } date)
        {
            yield break;
        }

        if (claim["policy_effective_from"] is { } from && date < from.AsDate())
        {
            yield return this.Found($"The loss of {loss.Value} is before the policy began on {from.Value}.", "date_of_loss", document: null, loss.Evidence, from.Evidence);
        }

        if (claim["policy_effective_to"] is { } to && date > to.AsDate())
        {
            yield return this.Found($"The loss of {loss.Value} is after the policy ended on {to.Value}.", "date_of_loss", document: null, loss.Evidence, to.Evidence);
        }
    }
}
