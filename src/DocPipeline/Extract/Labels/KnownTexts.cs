using System.Numerics;

namespace DocPipeline.Extract.Labels;

/// <summary>Folded texts among which a misread one is looked up.</summary>
internal sealed class KnownTexts(IEnumerable<string> texts)
{
    private readonly ILookup<int, (string Text, ulong Letters)> _byLength = texts.Select(text => (text, LettersOf(text))).ToLookup(known => known.text.Length);

    /// <summary>The text that a misread one most likely was: one wrong character in eight, none in texts below six characters; null where none is that near.</summary>
    public string? Nearest(string misread)
    {
        var allowed = misread.Length < 6 ? 0 : 1 + (misread.Length / 8);
        var letters = LettersOf(misread);
        string? best = null;
        var bestDistance = allowed + 1;
        for (var length = misread.Length - allowed; allowed > 0 && length <= misread.Length + allowed; length++)
        {
            foreach (var known in _byLength[length])
            {
                // Each edit brings or takes at most one letter. This rules out nearly all, in no time.
                if (BitOperations.PopCount(letters & ~known.Letters) >= bestDistance || BitOperations.PopCount(known.Letters & ~letters) >= bestDistance)
                {
                    continue;
                }

                var distance = EditDistance.Between(misread, known.Text, bestDistance);
                if (distance < bestDistance)
                {
                    (best, bestDistance) = (known.Text, distance);
                }
            }
        }

        return best;
    }

    /// <summary>The set of characters of a text; those that share a bit weaken what can be ruled out, never more.</summary>
    private static ulong LettersOf(string text)
    {
        var letters = 0UL;
        foreach (var letter in text)
        {
            letters |= 1UL << (letter & 63);
        }

        return letters;
    }
}
