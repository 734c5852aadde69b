using DocPipeline.Documents;

namespace DocPipeline.Validate.Rules;

internal sealed class NpiCheckDigit : IClaimRule
{
    public string Code => "npi-check-digit";

    public Severity Severity => Severity.Error;

    public string Meaning => "A National Provider Identifier is not valid: it names no provider.";

    public IEnumerable<PlacedFinding> Check(ClaimUnderReview claim)
    {
        foreach (var (index, document) in claim.Documents)
        {
            foreach (var field in document.Fields.Where(field => field.Name == "npi" || field.Name.EndsWith("_npi", StringComparison.Ordinal)))
            {
                if (!CheckDigits.IsNpiValid(FieldValues.Key(field.Value)))
                {
                    yield return this.Found($"The {FieldValues.Words(field.Name)} '{field.Value}' is not a valid provider number.", field.Name, index, field.Evidence);
                }
            }
        }
    }
}
