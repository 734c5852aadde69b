using DocPipeline.Documents;
using DocPipeline.Extract.Layout;

namespace DocPipeline.Extract.Values;

/// <summary>A candidate together with the words it is made of, so that no word is used twice.</summary>
internal sealed record Proposal(
    string Field,
    string Value,
    double Score,
    PageLayout Page,
    IReadOnlyList<LayoutWord> Words,
    string Reason,
    IReadOnlyList<string> Readings)
{
    /// <summary>True where the value may rest on words that are another field's too.</summary>
    public bool MayShare { get; init; }

    /// <summary>How well its label stands and names the field, 0 to 1; 0 without a label.</summary>
    public double Label { get; init; }

    /// <summary>Kinds of sums that vouch for this amount.</summary>
    public int Sums { get; init; }

    /// <summary>True where other amounts would make a sum with this one and none comes out.</summary>
    public bool BrokenSums { get; init; }

    public Candidate ToCandidate() => new(Value, Math.Round(Math.Clamp(Score, 0, 1), 4), Page.EvidenceOf(Words), Reason, Readings);
}
