using DocPipeline.Documents;

namespace DocPipeline.Validate.Rules;

internal sealed class RequiredFieldMissing : IClaimRule
{
    public string Code => "required-field-missing";

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
            foreach (var oneOf in claim.RequiredBy(document.Type))
            {
                if (Array.TrueForAll(oneOf, field => document[field] is null && claim[field] is null && !HasTable(document, field)))
                {
                    yield return this.Found($"There is no {string.Join(" or ", oneOf.Select(FieldValues.Words))} on the {FieldValues.Words(document.Type)}.", oneOf[0], index);
                }
            }
        }
    }

    private static bool HasTable(ResolvedDocument document, string name) =>
        document.Tables.Any(table => table.Name == name && table.Rows.Count > 0);
}
