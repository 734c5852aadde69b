using DocPipeline.Documents;

namespace DocPipeline.Tests.Extract;

/// <summary>Makes pages from text as typed: every character is 6 points wide, every line 12 points high, a space is a space.</summary>
internal static class PrintedPage
{
    public const double CharacterWidth = 6;
    public const double LineHeight = 14;
    private const double TextHeight = 10;
    private const double Width = 612;
    private const double Height = 792;

    public static Page Of(string text, int number = 1, string source = PageSources.TextLayer)
    {
        var words = new List<Word>();
        var y = 36.0;
        foreach (var line in text.ReplaceLineEndings("\n").Trim('\n').Split('\n'))
        {
            for (var start = 0; start < line.Length;)
            {
                var end = line.IndexOf(' ', start);
                end = end < 0 ? line.Length : end;
                if (end > start)
                {
                    var (x0, x1) = (36 + (start * CharacterWidth), 36 + (end * CharacterWidth));
                    words.Add(new(line[start..end], new(x0 / Width, y / Height, x1 / Width, (y + TextHeight) / Height), source == PageSources.TextLayer ? 1 : 0.9));
                }

                start = end + 1;
            }

            y += LineHeight;
        }

        return new(number, Width, Height, source, words);
    }
}
