using DocPipeline.Documents;

namespace DocPipeline.Validate.Rules;

internal sealed class RequiredFieldUncertain : IClaimRule
{
    public string Code => "required-field-uncertain";

    public Severity Severity => Severity.Error;

    public string Meaning => "A required field was read, but not surely enough to be accepted unseen.";

    public IEnumerable<PlacedFinding> Check(ClaimUnderReview claim)
    {
        foreach (var (index, document) in claim.Documents)
        {
            foreach (var name in claim.RequiredBy(document.Type))
            {
                // What another document of the file says beyond doubt settles it.
                if (document[name] is { Accepted: false } field && field.OtherDate() is null && claim[name] is not { Accepted: true })
                {
                    yield return this.Found($"The {FieldValues.Words(name)} may be '{field.Value}'. Compare it with the page.", name, index, field.Evidence);
                }
            }
        }
    }
}
