using DocPipeline.Documents;

namespace DocPipeline.Validate.Rules;

internal sealed class BalanceArithmetic(ValidateOptions options) : IClaimRule
{
    public string Code => "balance-arithmetic";

    public Severity Severity => Severity.Error;

    public string Meaning => "The total less what was paid is not the balance.";

    public IEnumerable<PlacedFinding> Check(ClaimUnderReview claim)
    {
        foreach (var (index, document) in claim.Documents)
        {
            if (document["total_amount"] is not { } total || document["amount_paid"] is not { } paid || document["balance_due"] is not { } balance
                || total.AsAmount() is not { } charged || paid.AsAmount() is not { } received || balance.AsAmount() is not { } due)
            {
                continue;
            }

            // A payment may be printed as a negative amount, and the deductible may be taken off.
            var expected = charged - Math.Abs(received);
            var deductible = document["deductible"].AsAmount() ?? 0;
            if (Math.Abs(expected - due) > options.SumTolerance && Math.Abs(expected - deductible - due) > options.SumTolerance)
            {
                yield return this.Found(
                    $"The total {total.Value} less {paid.Value} paid is {FieldValues.Plain(expected)}, but the balance is {balance.Value}.",
                    "balance_due",
                    index,
                    total.Evidence,
                    paid.Evidence,
                    balance.Evidence);
            }
        }
    }
}
