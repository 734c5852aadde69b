using DocPipeline.Documents;

namespace DocPipeline.Validate.Rules;

/// <summary>
/// Partial success under a name of its own: something was read, and something that must be there was not. One finding names all of it, so that
/// nobody takes the values that are there for all there are.
/// </summary>
internal sealed class PartlyRead : IClaimRule
{
    public const string RuleCode = "partly-read";

    public string Code => RuleCode;

    public Severity Severity => Severity.Error;

    public string Meaning => "Values were read from the document, but fields that it must have or lines that look like rows of a table were not.";

    public IEnumerable<PlacedFinding> Check(ClaimUnderReview claim)
    {
        foreach (var (index, document) in claim.ClaimDocuments.Where(entry => entry.Document.Fields.Count > 0 || entry.Document.Tables.Any(table => table.Rows.Count > 0)))
        {
            var missing = claim.MissingFrom(document).Select(oneOf => string.Join(" or ", oneOf.Select(FieldValues.Words))).ToList();
            var lost = document.Coverage.SelectMany(page => page.LostRows).ToList();
            if (missing.Count > 0 || lost.Count > 0)
            {
                string[] says =
                [
                    $"Only part of the {FieldValues.Words(document.Type)} was read.",
                    .. missing.Count > 0 ? [$"Missing: {string.Join(", ", missing)}."] : Array.Empty<string>(),
                    .. lost.Count > 0 ? [$"{lost.Count} lines of page {string.Join(", ", lost.Select(line => line.Page).Distinct())} look like rows of a table and are in none."] : Array.Empty<string>(),
                ];
                yield return this.Found(string.Join(' ', says), field: null, index, lost);
            }
        }
    }
}
