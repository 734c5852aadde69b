using DocPipeline.Extract.Layout;

namespace DocPipeline.Extract.Labels;

/// <summary>What a wording may name: a field, a section, or something that is no field of ours.</summary>
/// <param name="Field">The field, or null for a label of something else.</param>
/// <param name="Strength">1 where the wording names this and nothing else.</param>
/// <param name="Role">The section inside which the wording names the field, or null for anywhere.</param>
internal sealed record LabelTarget(string? Field, double Strength, string? Role);

/// <summary>A label as it stands on the page.</summary>
/// <param name="Words">The words of the label, with its colon and a parenthesis behind it.</param>
/// <param name="Colon">A colon ends it: what follows is its value.</param>
/// <param name="Quality">0 to 1: whether it stands like a label (alone, at the start, with a colon) or like words of a sentence.</param>
/// <param name="Section">Role of the section it stands in, or null.</param>
internal sealed record LabelMatch(
    PageLayout Page,
    IReadOnlyList<LayoutWord> Words,
    int Line,
    string Wording,
    bool Colon,
    double Quality,
    IReadOnlyList<LabelTarget> Targets,
    string? Section)
{
    public double X0 { get; } = Words.Min(word => word.X0);

    public double X1 { get; } = Words.Max(word => word.X1);

    public double Y0 { get; } = Words.Min(word => word.Y0);

    public double Y1 { get; } = Words.Max(word => word.Y1);

    public double Height => Y1 - Y0;
}
