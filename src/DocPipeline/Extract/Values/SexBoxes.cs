using DocPipeline.Extract.Layout;

namespace DocPipeline.Extract.Values;

/// <summary>Two boxes captioned M and F, one of them crossed: the caption nearest to the left of the cross is the answer.</summary>
internal static class SexBoxes
{
    /// <summary>Both captions are there, so that a lone one is no answer.</summary>
    public static bool HasBoth(IReadOnlyList<LayoutWord> words) => words.Where(IsOption).Select(word => char.ToUpperInvariant(word.Text[0])).Distinct().Count() == 2;

    private static bool IsOption(LayoutWord word) => word.Text.TrimEnd(':', '.') is "M" or "F" or "Male" or "Female" or "MALE" or "FEMALE";

    public static SpanReading? Read(IReadOnlyList<LayoutWord> words)
    {
        var options = words.Where(IsOption).ToList();
        var marks = words.Where(word => word.Text is "X" or "x" or "☒" or "☑" or "✓" or "✗" or "[X]" or "[x]").ToList();
        if (options.Count < 2 || marks.Count != 1)
        {
            return null;
        }

        var answer = options.Where(option => option.CentreX < marks[0].CentreX).MaxBy(option => option.CentreX)
            ?? options.MinBy(option => Math.Abs(option.CentreX - marks[0].CentreX))!;
        return new(char.ToUpperInvariant(answer.Text[0]) == 'M' ? "M" : "F", 0.9, [], [answer, marks[0]]);
    }
}
