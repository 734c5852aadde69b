using System.Globalization;
using System.Text;
using DocPipeline.Documents;

namespace DocPipeline.Pages.Layer;

/// <summary>Makes words of what a reader says is one: nothing invisible in them, no white space, no box without an area, nothing off the page.</summary>
internal static class WordText
{
    /// <summary>Splits on white space; the box is shared out by the number of characters.</summary>
    public static IEnumerable<Word> Split(string text, Box box, double confidence)
    {
        // Centres decide: a word that is cut by the edge is still read by people. NaN fails every comparison.
        if (!(box.Width > 0 && box.Height > 0 && box.CentreX is >= 0 and <= 1 && box.CentreY is >= 0 and <= 1))
        {
            yield break;
        }

        var clean = Clean(text);
        var width = box.Width / Math.Max(1, clean.Length);
        for (var start = 0; start < clean.Length;)
        {
            var end = start;
            while (end < clean.Length && clean[end] != ' ')
            {
                end++;
            }

            if (end > start)
            {
                yield return new Word(
                    clean[start..end],
                    Clip(new Box(box.X0 + (start * width), box.Y0, box.X0 + (end * width), box.Y1)),
                    Math.Clamp(confidence, 0, 1));
            }

            start = end + 1;
        }
    }

    private static Box Clip(Box box) =>
        new(Math.Clamp(box.X0, 0, 1), Math.Clamp(box.Y0, 0, 1), Math.Clamp(box.X1, 0, 1), Math.Clamp(box.Y1, 0, 1));

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                clean.Append(' ');
            }
            else if (Ligature(rune.Value) is { } letters)
            {
                clean.Append(letters);
            }
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }

    private static string? Ligature(int code) => code switch
    {
        0xFB00 => "ff",
        0xFB01 => "fi",
        0xFB02 => "fl",
        0xFB03 => "ffi",
        0xFB04 => "ffl",
        0xFB05 or 0xFB06 => "st",
        _ => null,
    };
}
