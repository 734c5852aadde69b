using DocPipeline.Documents;

namespace DocPipeline.Validate.Rules;

internal sealed class AmountImplausible(ValidateOptions options) : IClaimRule
{
    public string Code => "amount-implausible";

    public Severity Severity => Severity.Warning;

    public string Meaning => "An amount is negative, far too large, or out of proportion to another.";

    public IEnumerable<PlacedFinding> Check(ClaimUnderReview claim)
    {
        foreach (var (index, document) in claim.Documents)
        {
            if (document["total_amount"] is { } total && total.AsAmount() is { } amount)
            {
                if (amount < 0)
                {
                    yield return this.Found($"The total {total.Value} is negative.", total.Name, index, total.Evidence);
                }

                if (amount > options.LargestPlausibleTotal)
                {
                    yield return this.Found($"The total {total.Value} is larger than any plausible claim.", total.Name, index, total.Evidence);
                }

                if (document["amount_paid"] is { } paid && paid.AsAmount() > amount + options.SumTolerance)
                {
                    yield return this.Found($"More was paid ({paid.Value}) than the total of {total.Value}.", paid.Name, index, paid.Evidence, total.Evidence);
                }
            }

            if (document["tax"] is { } tax && document["subtotal"] is { } subtotal && subtotal.AsAmount() is > 0 and var net && tax.AsAmount() > net * options.LargestPlausibleTaxShare)
            {
                yield return this.Found($"The tax {tax.Value} is out of proportion to the subtotal {subtotal.Value}.", tax.Name, index, tax.Evidence, subtotal.Evidence);
            }
        }
    }
}
