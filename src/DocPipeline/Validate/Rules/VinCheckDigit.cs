using DocPipeline.Documents;

namespace DocPipeline.Validate.Rules;

/// <summary>A warning only: outside North America the ninth character is no check digit.</summary>
internal sealed class VinCheckDigit : IClaimRule
{
    public string Code => "vin-check-digit";

    public Severity Severity => Severity.Warning;

    public string Meaning => "The VIN does not have 17 characters or its check digit does not fit: it may be misread or misprinted.";

    public IEnumerable<PlacedFinding> Check(ClaimUnderReview claim)
    {
        foreach (var (index, document) in claim.Documents)
        {
            if (document["vin"] is not { } vin)
            {
                continue;
            }

            var bare = vin.Value.Replace(" ", string.Empty);
            if (!CheckDigits.HasVinShape(bare))
            {
                yield return this.Found($"The VIN '{vin.Value}' is not 17 letters and digits without I, O and Q.", "vin", index, vin.Evidence);
            }
            else if (!CheckDigits.IsVinValid(bare))
            {
                yield return this.Found($"The check digit of the VIN '{vin.Value}' does not fit.", "vin", index, vin.Evidence);
            }
        }
    }
}
