using DocPipeline.Documents;

namespace DocPipeline.Extract.Readers;

/// <summary>Reads vehicle identification numbers. I, O and Q become digits only where the check digit then fits.</summary>
public static class VinReader
{
    private const int Length = 17;

    public static Reading? Read(string text)
    {
        var folded = TextFolding.FoldWhiteSpace(TextFolding.Cap(text)).Trim(':', '.', ',', ';', '#', '*', ' ');
        var words = folded.Split(' ');

        // Spaces inside a VIN come from boxes or from recognition: join from the start until 17 characters are reached.
        for (var (count, joined) = (1, words[0]); ; joined += words[count++])
        {
            var bare = joined.Trim('.', ',', ';', '*', '-');
            if (bare.Length == Length && bare.All(char.IsAsciiLetterOrDigit))
            {
                return Judge(bare, count == words.Length, spaced: count > 1);
            }

            if (joined.Length > Length + 2 || count == words.Length)
            {
                return null;
            }
        }
    }

    private static Reading? Judge(string vin, bool whole, bool spaced)
    {
        var digits = vin.Count(char.IsAsciiDigit);
        var upper = vin.ToUpperInvariant();
        if (digits < 3)
        {
            return null;
        }

        var fit = (whole ? 1 : 0.9) * (spaced ? 0.9 : 1);
        if (CheckDigits.IsVinValid(upper))
        {
            return Reading.Certain(vin, fit);
        }

        var repaired = upper.Replace('O', '0').Replace('Q', '0').Replace('I', '1');
        if (repaired != upper && CheckDigits.IsVinValid(repaired))
        {
            return new Reading(repaired, 0.85 * fit, []);
        }

        if (OneConfusionAway(upper) is { } near)
        {
            // The printed number may as well be wrong itself: offer, do not replace.
            return new Reading(vin, 0.7 * fit, [near]);
        }

        // I, O and Q where no digit fits: a driving licence or another number of 17 characters.
        return Reading.Certain(vin, (CheckDigits.HasVinShape(upper) ? 0.75 : 0.25) * fit);
    }

    /// <summary>The one number with a valid check digit that differs by one typical confusion; null when there is none or more than one.</summary>
    private static string? OneConfusionAway(string vin)
    {
        string? found = null;
        for (var i = 0; i < vin.Length; i++)
        {
            var other = vin[i] switch { 'S' => '5', '5' => 'S', 'B' => '8', '8' => 'B', 'Z' => '2', '2' => 'Z', 'G' => '6', '6' => 'G', _ => '\0' };
            if (other == '\0')
            {
                continue;
            }

            var changed = string.Concat(vin.AsSpan(0, i), [other], vin.AsSpan(i + 1));
            if (CheckDigits.IsVinValid(changed))
            {
                if (found is not null)
                {
                    return null;
                }

                found = changed;
            }
        }

        return found;
    }
}
