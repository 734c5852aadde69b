using DocPipeline.Documents;

namespace DocPipeline.Validate.Rules;

internal sealed class AmbiguousDate : IClaimRule
{
    public string Code => "ambiguous-date";

    public Severity Severity => Severity.Error;

    public string Meaning => "A date can be read as month-day and as day-month, and nothing in the file settles it.";

    public IEnumerable<PlacedFinding> Check(ClaimUnderReview claim)
    {
        foreach (var (index, document) in claim.Documents)
        {
            foreach (var field in document.Fields.Where(field => !field.Accepted))
            {
                // Another document of the file may say one of the two beyond doubt.
                if (field.OtherDate() is { } other && !(claim[field.Name] is { Accepted: true } settled && (settled.Value == field.Value || settled.Value == other)))
                {
                    yield return this.Found($"The {FieldValues.Words(field.Name)} '{field.Evidence.Text}' is {field.Value} or {other}. Choose one.", field.Name, index, field.Evidence);
                }
            }
        }
    }
}
