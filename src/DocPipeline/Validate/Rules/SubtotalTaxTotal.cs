using DocPipeline.Documents;

namespace DocPipeline.Validate.Rules;

internal sealed class SubtotalTaxTotal(ValidateOptions options) : IClaimRule
{
    private static readonly string[] Added = ["tip", "shipping", "rounding", "fees"];
    private static readonly string[] Taken = ["discount", "deductible"];

    public string Code => "subtotal-tax-total";

    public Severity Severity => Severity.Error;

    public string Meaning => "Subtotal and tax do not make the total, even with the discount, tip or deductible that is printed.";

    public IEnumerable<PlacedFinding> Check(ClaimUnderReview claim)
    {
        foreach (var (index, document) in claim.Documents)
        {
            if (document["subtotal"] is not { } subtotal || document["tax"] is not { } tax || document["total_amount"] is not { } total
                || subtotal.AsAmount() is not { } before || tax.AsAmount() is not { } taxed || total.AsAmount() is not { } after)
            {
                continue;
            }

            // Prices may include the tax, and each printed adjustment may have been applied or not.
            var sums = new List<decimal> { before, before + taxed };
            foreach (var adjustment in Added.Select(name => document[name].AsAmount()).Concat(Taken.Select(name => -document[name].AsAmount())).OfType<decimal>().Take(4))
            {
                sums.AddRange([.. sums.Select(sum => sum + adjustment)]);
            }

            if (!sums.Exists(sum => Math.Abs(sum - after) <= options.SumTolerance))
            {
                yield return this.Found(
                    $"The subtotal {subtotal.Value} and the tax {tax.Value} make {FieldValues.Plain(before + taxed)}, but the total is {total.Value}.",
                    "total_amount",
                    index,
                    subtotal.Evidence,
                    tax.Evidence,
                    total.Evidence);
            }
        }
    }
}
