using DocPipeline.Documents;

namespace DocPipeline.Validate.Rules;

internal sealed class DuplicateFile : IClaimRule
{
    public string Code => "duplicate-file";

    public Severity Severity => Severity.Error;

    public string Meaning => "The very same file came in before, perhaps under another name: it must not be paid twice.";

    public IEnumerable<PlacedFinding> Check(ClaimUnderReview claim)
    {
        var names = claim.Known.Others.Where(other => other.Content == claim.Content).Select(other => $"'{other.Name}'").Distinct().Take(3).ToList();
        if (names.Count > 0)
        {
            yield return this.Found($"The same file came in before as {string.Join(", ", names)}.", field: null, document: null);
        }
    }
}
