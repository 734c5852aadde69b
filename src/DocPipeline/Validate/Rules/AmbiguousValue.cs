using DocPipeline.Documents;

namespace DocPipeline.Validate.Rules;

internal sealed class AmbiguousValue : IClaimRule
{
    public string Code => "ambiguous-value";

    public Severity Severity => Severity.Warning;

    public string Meaning => "A field that is not required was read, but not surely enough to be accepted unseen.";

    public IEnumerable<PlacedFinding> Check(ClaimUnderReview claim)
    {
        foreach (var (index, document) in claim.Documents)
        {
            var required = claim.RequiredBy(document.Type).SelectMany(oneOf => oneOf).ToHashSet();
            foreach (var field in document.Fields.Where(field => !field.Accepted && !required.Contains(field.Name) && field.OtherDate() is null))
            {
                var others = field.Alternatives.Select(candidate => FieldValues.Short(candidate.Value)).Where(value => value != FieldValues.Short(field.Value)).Distinct().Take(3).ToList();
                var choice = others.Count == 0 ? string.Empty : $", or '{string.Join("' or '", others)}'";
                yield return this.Found($"The {FieldValues.Words(field.Name)} may be '{FieldValues.Short(field.Value)}'{choice}.", field.Name, index, field.Evidence);
            }
        }
    }
}
