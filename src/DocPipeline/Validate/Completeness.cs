using DocPipeline.Documents;
using DocPipeline.Validate.Rules;

namespace DocPipeline.Validate;

/// <summary>Whether all of a document was read, as its rules found. A claim with a partial document is never accepted unseen.</summary>
public static class Completeness
{
    /// <summary>Nothing that must be there is missing, and no list was passed over.</summary>
    public const string Complete = "complete";

    /// <summary>Something was read, something that must be there was not.</summary>
    public const string Partial = "partial";

    /// <summary>Nothing was read.</summary>
    public const string Nothing = "nothing";

    public static string StateOf(ResolvedDocument document) =>
        document.Fields.Count == 0 && document.Tables.All(table => table.Rows.Count == 0) ? Nothing
        : document.Findings.Any(finding => finding.Rule == PartlyRead.RuleCode) ? Partial
        : Complete;

    /// <summary>Names of required fields that are on no document of the file.</summary>
    public static IEnumerable<string> MissingFrom(ResolvedDocument document) =>
        document.Findings.Where(finding => finding.Rule == RequiredFieldMissing.RuleCode).Select(finding => finding.Field).OfType<string>();

    /// <summary>For people: <c>complete; 92 % of 140 words accounted for</c>.</summary>
    public static string Describe(ResolvedDocument document)
    {
        var (words, explained) = (document.Coverage.Sum(page => page.Words), document.Coverage.Sum(page => page.Explained));
        return words == 0 ? StateOf(document) : $"{StateOf(document)}; {100 * explained / words} % of {words} words accounted for";
    }
}
