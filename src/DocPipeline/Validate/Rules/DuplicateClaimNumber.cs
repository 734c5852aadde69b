using DocPipeline.Documents;

namespace DocPipeline.Validate.Rules;

/// <summary>A warning only: the papers of one claim often come in one by one.</summary>
internal sealed class DuplicateClaimNumber : IClaimRule
{
    public string Code => "duplicate-claim-number";

    public Severity Severity => Severity.Warning;

    public string Meaning => "Another file has the same claim number: it belongs to the same claim, or repeats it.";

    public IEnumerable<PlacedFinding> Check(ClaimUnderReview claim)
    {
        if (claim["claim_number"] is not { } number)
        {
            yield break;
        }

        var key = FieldValues.Key(number.Value);
        var names = claim.Known.Others
            .Where(other => other.ClaimNumber is { } known && FieldValues.Key(known) == key)
            .Select(other => $"'{other.Name}'").Distinct().ToList();
        if (key.Length > 0 && names.Count > 0)
        {
            var more = names.Count > 3 ? $" and {names.Count - 3} more" : string.Empty;
            yield return this.Found($"The claim number {number.Value} is also in {string.Join(", ", names.Take(3))}{more}.", "claim_number", document: null, number.Evidence);
        }
    }
}
