using System.Buffers;

namespace DocPipeline.Extract.Readers;

/// <summary>Reads names of people, as printed: John Q. Doe, DOE, JOHN Q, Dr. Jane Smith MD.</summary>
public static class PersonReader
{
    private const int MaxWords = 7;

    private static readonly SearchValues<char> NeverInNames = SearchValues.Create("@%$€£=<>{}[]\\+");

    public static Reading? Read(string text)
    {
        var folded = TextFolding.FoldWhiteSpace(TextFolding.Cap(text)).Trim(':', ';', ',', '-', '*', '|', ' ', '_');
        if (folded.Length is < 2 or > 80 || Placeholders.IsPlaceholder(folded) || LabelWords.AreAll(folded))
        {
            return null;
        }

        var words = folded.Split(' ');
        var core = new List<string>();
        var title = false;
        var organisation = 0.0;
        foreach (var word in words)
        {
            var bare = NameWords.Bare(word);
            if (NameWords.Titles.Contains(bare) && core.Count == 0)
            {
                title = true;
                continue;
            }

            organisation = Math.Max(organisation, NameWords.Businesses.Contains(bare) ? 0.6 : 0);
            if (NameWords.Suffixes.Contains(bare) && core.Count > 0)
            {
                continue;
            }

            organisation = Math.Max(organisation, NameWords.LegalForms.Contains(bare) && core.Count > 0 ? 0.9 : 0);
            core.Add(word);
        }

        if (core.Count is 0 or > MaxWords)
        {
            return null;
        }

        var shape = core.Average(WordShape);
        if (shape < 0.3 || core.Exists(word => word.AsSpan().ContainsAny(NeverInNames)))
        {
            return null;
        }

        var labels = (double)core.Count(LabelWords.IsLabel) / core.Count;
        var count = core.Count switch { 1 => title ? 0.8 : 0.45, 2 or 3 => 1, 4 => 0.9, _ => 0.65 };
        var plausibility = 0.97 * shape * count * (1 - organisation) * (1 - (0.7 * labels));
        return plausibility < 0.05 ? null : Reading.Certain(folded, plausibility);
    }

    /// <summary>How much a word looks like part of a name, 0 to 1. A digit never belongs, save where recognition put it.</summary>
    private static double WordShape(string word)
    {
        var bare = word.Trim('.', ',', '(', ')', '"', '&');
        if (bare.Length == 0)
        {
            return word == "&" ? 0.4 : 0.2;
        }

        // The rest of something that was torn: ".D. NUMBER".
        if (word[0] == '.')
        {
            return -0.5;
        }

        var letters = bare.Count(char.IsLetter);
        if (letters == 0 || bare.Any(char.IsAsciiDigit))
        {
            return letters > 3 && bare.Count(char.IsAsciiDigit) == 1 ? 0.4 : -0.5;
        }

        if (NameWords.Particles.Contains(bare.ToLowerInvariant()) || (bare.Length == 1 && char.IsLetter(bare[0])))
        {
            return 0.95;
        }

        return letters < bare.Count(c => c is not ('-' or '\'' or '’' or '.' or '/')) ? 0.3 : char.IsUpper(bare[0]) ? 1 : 0.35;
    }
}
