using DocPipeline.Documents;

namespace DocPipeline.Validate.Rules;

internal sealed class RequiredFieldMissing : IClaimRule
{
    public const string RuleCode = "required-field-missing";

    public string Code => RuleCode;

    public Severity Severity => Severity.Error;

    public string Meaning => "A field that this type of document must have is neither on it nor on another document of the file.";

    public IEnumerable<PlacedFinding> Check(ClaimUnderReview claim)
    {
        // A blank form lacks everything; one finding says so.
        if (claim.IsBlank)
        {
            yield break;
        }

        foreach (var (index, document) in claim.Documents)
        {
            foreach (var oneOf in claim.MissingFrom(document))
            {
                yield return this.Found($"There is no {string.Join(" or ", oneOf.Select(FieldValues.Words))} on the {FieldValues.Words(document.Type)}.", oneOf[0], index);
            }
        }
    }
}
