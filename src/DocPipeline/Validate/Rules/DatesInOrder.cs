using DocPipeline.Documents;

namespace DocPipeline.Validate.Rules;

internal sealed class DatesInOrder : IClaimRule
{
    /// <summary>The first is never after the second, where one document gives both. A policy is dated before the loss, so documents are not mixed.</summary>
    private static readonly (string Earlier, string Later)[] Pairs =
    [
        ("date_of_loss", "document_date"),
        ("date_of_loss", "date_reported"),
        ("admission_date", "discharge_date"),
        ("admission_date", "document_date"),
        ("policy_effective_from", "policy_effective_to"),
        ("patient_birth_date", "date_of_loss"),
        ("patient_birth_date", "admission_date"),
        ("patient_birth_date", "treatment_date"),
        ("patient_birth_date", "document_date"),
        ("insured_birth_date", "date_of_loss"),
        ("insured_birth_date", "document_date"),
        ("insured_birth_date", "policy_effective_to"),
    ];

    public string Code => "dates-in-order";

    public Severity Severity => Severity.Error;

    public string Meaning => "Two dates of one document are in an order that cannot be.";

    public IEnumerable<PlacedFinding> Check(ClaimUnderReview claim)
    {
        foreach (var (index, document) in claim.Documents)
        {
            foreach (var (earlier, later) in Pairs)
            {
                if (document[earlier] is { } first && document[later] is { } second && first.AsDate() > second.AsDate())
                {
                    yield return this.Found($"The {FieldValues.Words(earlier)} {first.Value} is after the {FieldValues.Words(later)} {second.Value}.", later, index, first.Evidence, second.Evidence);
                }
            }
        }
    }
}
