using DocPipeline.Documents;
using DocPipeline.Extract.Schema;

namespace DocPipeline.Resolve;

/// <summary>
/// Candidates become one value a field, and the documents of a file become one claim. Nothing is invented: every value is a candidate that was
/// read, and a field without a candidate stays absent.
/// </summary>
public sealed class ClaimResolver(ResolveOptions options)
{
    private readonly DocumentTypes _types = DocumentTypes.Shipped;

    public ResolvedClaim Resolve(IReadOnlyList<ExtractedDocument> documents)
    {
        var resolved = documents.Select(Resolve).ToList();
        return new(resolved, Merge(resolved), []);
    }

    private ResolvedDocument Resolve(ExtractedDocument document)
    {
        var fields = new List<Field>();
        foreach (var field in document.Fields)
        {
            var best = field.Candidates[0];
            var others = field.Candidates.Skip(1).ToList();
            var confidence = Confidence.Of(best, others);
            if (confidence >= options.ReportFrom)
            {
                fields.Add(new(field.Field, best.Value, confidence, confidence >= options.AcceptFrom, best.Evidence, [.. Readings(best), .. others]));
            }
        }

        return new(document.Type, document.TypeConfidence, document.Pages, fields, document.Tables, []) { Coverage = document.Coverage };
    }

    /// <summary>The other readings of the chosen words are choices like any other.</summary>
    private static IEnumerable<Candidate> Readings(Candidate best) =>
        best.Readings.Where(reading => reading != best.Value).Select(reading => best with { Value = reading, Reason = "another reading of the same words", Readings = [] });

    /// <summary>A claim's field comes from the document whose type has most authority for it, then from the surest; documents that agree make it surer.</summary>
    private List<ClaimField> Merge(List<ResolvedDocument> documents)
    {
        var merged = new List<ClaimField>();
        var claims = documents.SelectMany((document, index) => document.Fields.Select(field => (field, index, authority: AuthorityOf(document.Type, field.Name))));
        foreach (var group in claims.GroupBy(entry => entry.field.Name).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var (field, index, _) = group
                .OrderByDescending(entry => entry.field.Accepted)
                .ThenByDescending(entry => entry.authority)
                .ThenByDescending(entry => entry.field.Confidence)
                .ThenBy(entry => entry.index)
                .First();
            var confidence = group
                .Where(entry => entry.index != index && entry.field.Value == field.Value)
                .Aggregate(field.Confidence, (sum, entry) => Confidence.Together(sum, entry.field.Confidence));
            merged.Add(new(field with { Confidence = Math.Min(confidence, 0.99), Accepted = confidence >= options.AcceptFrom }, index));
        }

        return merged;
    }

    private int AuthorityOf(string type, string field) => _types[type].Authority.GetValueOrDefault(field);
}
