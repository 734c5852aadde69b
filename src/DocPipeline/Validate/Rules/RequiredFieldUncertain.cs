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
            foreach (var oneOf in claim.RequiredBy(document.Type))
            {
                // What another document of the file says beyond doubt settles it.
                if (!Array.Exists(oneOf, name => document[name] is { Accepted: true } || claim[name] is { Accepted: true })
                    && oneOf.Select(name => document[name]).FirstOrDefault(field => field is not null) is { } uncertain
                    && uncertain.OtherDate() is null)
                {
                    yield return this.Found($"The {FieldValues.Words(uncertain.Name)} may be '{FieldValues.Short(uncertain.Value)}'. Compare it with the page.", uncertain.Name, index, uncertain.Evidence);
                }
            }
        }
    }
}
