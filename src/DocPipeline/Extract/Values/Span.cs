using DocPipeline.Extract.Layout;

namespace DocPipeline.Extract.Values;

internal enum Direction
{
    Right,
    Below,
    Above,
}

/// <summary>Words that may be the value of a label, by where they stand; <paramref name="Prior"/> is how often such words are its value, 0 to 1.</summary>
internal sealed record Span(IReadOnlyList<LayoutWord> Words, Direction Direction, double Prior)
{
    public string Text => string.Join(' ', Words.Select(word => word.Text));
}
