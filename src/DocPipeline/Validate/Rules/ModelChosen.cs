using DocPipeline.Documents;

namespace DocPipeline.Validate.Rules;

/// <summary>What a model chose is always seen by a person: it may be right, but nobody has measured how often.</summary>
internal sealed class ModelChosen : IClaimRule
{
    public string Code => "model-chosen";

    public Severity Severity => Severity.Error;

    public string Meaning => "A language model chose the value among what stands on the page. It is never accepted unseen.";

    public IEnumerable<PlacedFinding> Check(ClaimUnderReview claim) =>
        from entry in claim.Documents
        from field in entry.Document.Fields
        where field.ChosenBy is not null
        select this.Found($"A language model chose '{FieldValues.Short(field.Value)}' for the {FieldValues.Words(field.Name)}. Compare it with the page.", field.Name, entry.Index, field.Evidence);
}
