using DocPipeline.Documents;

namespace DocPipeline.Extract.Layout;

/// <summary>A word in points, as layout needs it: fractions distort angles and distances.</summary>
/// <param name="Index">Position in <see cref="PageLayout.Words"/>; identifies the word on its page.</param>
/// <param name="ReadingsAgree">As of <see cref="Word"/>.</param>
/// <param name="OtherReading">As of <see cref="Word"/>; null for a word that was cut.</param>
internal sealed record LayoutWord(
    int Index, string Text, double X0, double Y0, double X1, double Y1, double Confidence, bool? ReadingsAgree = null, string? OtherReading = null)
{
    public double Height => Y1 - Y0;

    public double CentreX => (X0 + X1) / 2;

    public double CentreY => (Y0 + Y1) / 2;

    public bool EndsWithColon => Text.EndsWith(':');
}

/// <summary>Words of one line that belong together: the gaps between them are ordinary spaces.</summary>
internal sealed record Segment(IReadOnlyList<LayoutWord> Words, int Line)
{
    public double X0 => Words[0].X0;

    public double X1 => Words[^1].X1;

    public double Y0 { get; } = Words.Min(word => word.Y0);

    public double Y1 { get; } = Words.Max(word => word.Y1);

    public double Height => Y1 - Y0;

    public string Text { get; } = string.Join(' ', Words.Select(word => word.Text));
}

/// <summary>Words whose vertical centres agree, from left to right.</summary>
internal sealed record TextLine(int Number, IReadOnlyList<LayoutWord> Words, IReadOnlyList<Segment> Segments)
{
    public double Y0 { get; } = Words.Min(word => word.Y0);

    public double Y1 { get; } = Words.Max(word => word.Y1);

    public double X0 => Words[0].X0;

    public double X1 => Words[^1].X1;

    public double CentreY => (Y0 + Y1) / 2;
}
