using DocPipeline.Documents;
using DocPipeline.Extract.Schema;

namespace DocPipeline.Resolve;

/// <summary>
/// Candidates become one value a field, and the documents of a file become one claim. Nothing is invented: every value is a candidate that was
/// read, and a field without a candidate stays absent.
/// </summary>
public sealed class ClaimResolver(Calibration calibration, ResolveOptions options)
{
    private const double FitsWell = 0.5;

    private static readonly DocumentTypes Types = DocumentTypes.Shipped;

    public ResolvedClaim Resolve(IReadOnlyList<ExtractedDocument> documents)
    {
        // 1. The reader decides, as if there were no services. 2. What they say is compared with that.
        var alone = documents.Select((document, index) => Resolve(document, documents, index)).ToList();
        var resolved = new Testimony(calibration, documents, alone).Weigh();
        return new(resolved, Merge(resolved), []) { Calibration = calibration.Version };
    }

    /// <summary>What is known about a document's value of a field, the other documents of its file included.</summary>
    /// <param name="index">The document among those of its file.</param>
    public static FieldEvidence EvidenceOf(FieldCandidates field, IReadOnlyList<ExtractedDocument> documents, int index)
    {
        var (document, best) = (documents[index], field.Candidates[0]);
        var type = Types.FieldsOf(document.Type)[field.Field].Type;
        var elsewhere = documents.Where((_, other) => other != index)
            .Select(other => other.Fields.FirstOrDefault(candidates => candidates.Field == field.Field)?.Candidates[0].Value)
            .OfType<string>()
            .ToList();
        var agreeing = elsewhere.Count(value => value == best.Value);
        var company = document.Fields.Count(other => other.Field != field.Field && other.Candidates[0].Score >= FitsWell);
        return new(
            best, [.. field.Candidates.Skip(1)], ValueKinds.Of(type), ValueKinds.PassesCheckDigit(type, best.Value), document.TypeConfidence, company, agreeing, elsewhere.Count - agreeing);
    }

    private ResolvedDocument Resolve(ExtractedDocument document, IReadOnlyList<ExtractedDocument> documents, int index)
    {
        var fields = new List<Field>();
        foreach (var field in document.Fields)
        {
            var evidence = EvidenceOf(field, documents, index);
            var confidence = calibration.ProbabilityOf(evidence);
            if (confidence >= options.ReportFrom)
            {
                // Two readings of the same words cannot both be right, whatever else agrees.
                var accepted = evidence.Best.Readings.Count == 0 && confidence >= calibration.AcceptFrom(evidence.Group, options.ErrorTarget);
                fields.Add(new(field.Field, evidence.Best.Value, confidence, accepted, evidence.Best.Evidence, [.. Readings(evidence.Best), .. evidence.Others]));
            }
        }

        return new(document.Type, document.TypeConfidence, document.Pages, fields, document.Tables, []) { Coverage = document.Coverage };
    }

    /// <summary>The other readings of the chosen words are choices like any other.</summary>
    internal static IEnumerable<Candidate> Readings(Candidate best) => best.Readings
        .Where(reading => reading != best.Value)
        .Select(reading => best with { Value = reading, Reason = "another reading of the same words", Readings = [], Support = null });

    /// <summary>A claim's field comes from the document whose type has most authority for it, then from the surest; that documents agree is in their confidences already.</summary>
    internal static IReadOnlyList<ClaimField> Merge(IReadOnlyList<ResolvedDocument> documents)
    {
        var claims = documents.SelectMany((document, index) => document.Fields.Select(field => (field, index, authority: AuthorityOf(document.Type, field.Name))));
        return [.. claims
            .GroupBy(entry => entry.field.Name)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group
                .OrderByDescending(entry => entry.field.Accepted)
                .ThenByDescending(entry => entry.authority)
                .ThenByDescending(entry => entry.field.Confidence)
                .ThenBy(entry => entry.index)
                .First())
            .Select(entry => new ClaimField(entry.field, entry.index))];
    }

    private static int AuthorityOf(string type, string field) => Types[type].Authority.GetValueOrDefault(field);
}
