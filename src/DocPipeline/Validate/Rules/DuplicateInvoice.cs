using DocPipeline.Documents;

namespace DocPipeline.Validate.Rules;

internal sealed class DuplicateInvoice : IClaimRule
{
    public string Code => "duplicate-invoice";

    public Severity Severity => Severity.Error;

    public string Meaning => "Another file has the same invoice number with the same provider or total: it must not be paid twice.";

    public IEnumerable<PlacedFinding> Check(ClaimUnderReview claim)
    {
        foreach (var (index, document) in claim.Documents)
        {
            if (document["invoice_number"] is not { } invoice)
            {
                continue;
            }

            foreach (var other in claim.Known.Others)
            {
                if (other.InvoiceNumber is { } number && FieldValues.Key(number) == FieldValues.Key(invoice.Value) && SharesMore(document, other))
                {
                    yield return this.Found($"The invoice {invoice.Value} is also in '{other.Name}'.", "invoice_number", index, invoice.Evidence);
                    break;
                }
            }
        }
    }

    /// <summary>Different businesses use the same simple numbers.</summary>
    private static bool SharesMore(ResolvedDocument document, KnownClaim other) =>
        (document["provider"] is { } provider && other.Provider is { } otherProvider && FieldValues.Key(provider.Value) == FieldValues.Key(otherProvider))
        || (document["total_amount"].AsAmount() is { } total && other.TotalAmount is { } otherTotal && FieldValues.Amount(otherTotal) == total);
}
