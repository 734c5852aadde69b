using DocPipeline.Documents;
using DocPipeline.Extract.Schema;
using DocPipeline.Resolve;

namespace DocPipeline.Tests.Resolve;

/// <summary>A value on a recognised page with some doubt about everything, to make better or worse in one respect.</summary>
internal static class Values
{
    public static Support Doubtful { get; } = new(WeakestWord: 0.8, PageLegibility: 0.8, Label: 0.6, Ways: 1, Mentions: 1, Sums: 0, BrokenSums: false);

    public static FieldEvidence Total(Support support, double score = 0.6, double rival = 0.3) => new(
        Candidate("total_amount", "41.80", score, support), [Candidate("total_amount", "44.80", rival, support: null)],
        ValueKind.Amount, PassesCheckDigit: null, TypeConfidence: 0.8, Company: 3, Agreeing: 0, Contradicting: 0);

    public static Candidate Candidate(string field, string value, double score, Support? support, string source = PageSources.Tesseract, params string[] readings) =>
        new(value, score, new Evidence(1, new Box(0.1, 0.1, 0.2, 0.12), value, source), $"right of '{field}'", readings) { Support = support };

    public static ExtractedDocument Document(string type, params (string Field, Candidate Best)[] fields) =>
        new(type, 0.9, [1], [.. fields.Select(entry => new FieldCandidates(entry.Field, [entry.Best]))], []);
}
