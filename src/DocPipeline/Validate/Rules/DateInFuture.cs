using DocPipeline.Documents;

namespace DocPipeline.Validate.Rules;

internal sealed class DateInFuture : IClaimRule
{
    /// <summary>What has happened when it is reported. Treatments and policies may be planned.</summary>
    private static readonly string[] PastFields =
        ["date_of_loss", "document_date", "date_reported", "admission_date", "discharge_date", "patient_birth_date", "insured_birth_date"];

    public string Code => "date-in-future";

    public Severity Severity => Severity.Error;

    public string Meaning => "Something that must have happened is dated after the day the file came in.";

    public IEnumerable<PlacedFinding> Check(ClaimUnderReview claim)
    {
        // The sender's day may have begun before ours.
        var latest = claim.Today.AddDays(1);
        foreach (var (index, document) in claim.Documents)
        {
            foreach (var field in document.Fields.Where(field => PastFields.Contains(field.Name) && field.AsDate() > latest))
            {
                yield return this.Found($"The {FieldValues.Words(field.Name)} {field.Value} is in the future.", field.Name, index, field.Evidence);
            }
        }
    }
}
