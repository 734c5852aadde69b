using DocPipeline.Documents;

namespace DocPipeline.Validate.Rules;

/// <summary>Two who looked at the same page disagree. Nobody has measured which of them is right more often, so a person looks.</summary>
internal sealed class ServiceContradicts : IClaimRule
{
    public string Code => "service-contradicts";

    public Severity Severity => Severity.Error;

    public string Meaning => "A service says that a field is something else than what the reader accepted. The reader's value stands until a person has looked.";

    public IEnumerable<PlacedFinding> Check(ClaimUnderReview claim) =>
        from entry in claim.Documents
        from field in entry.Document.Fields
        where field.Accepted
        from other in field.Alternatives
        where other.SaidBy is not null
        select this.Found(
            $"{other.SaidBy} says that the {FieldValues.Words(field.Name)} is '{FieldValues.Short(other.Value)}', but '{FieldValues.Short(field.Value)}' was read. Compare both with the page.",
            field.Name, entry.Index, field.Evidence, other.Evidence);
}
