namespace DocPipeline.Extract.Readers;

/// <summary>Reads printed amounts of money. Linear in the length of the text, which is capped; never throws.</summary>
public static class AmountReader
{
    private const int MaxWordsOfAnAmount = 5;

    /// <summary>The amount that the whole text is. Null when it is not one: a date, a time, a percentage and an identifier are not.</summary>
    /// <param name="centsInOwnColumn">True where <c>1753 00</c> means 1753.00.</param>
    public static AmountReading? Read(string text, bool centsInOwnColumn = false)
    {
        var folded = TextFolding.FoldWhiteSpace(TextFolding.Cap(text)).TrimStart(':', '=', '~', '_', '*', '|', '‘', '“', ' ').TrimEnd(';', ':', ' ');
        return folded.Length is > 0 and <= 40 ? PrintedAmount.Parse(folded, spacesMayGroup: true, centsInOwnColumn) : null;
    }

    /// <summary>Every amount in a line, left to right, not overlapping. Plain whole numbers are amounts only with a currency sign.</summary>
    public static IEnumerable<FoundAmount> FindAll(string line)
    {
        line = TextFolding.Cap(line);
        var words = Words(line);
        for (var i = 0; i < words.Count;)
        {
            var (count, reading) = LongestAt(line, words, i);
            if (reading is null)
            {
                i++;
                continue;
            }

            yield return new FoundAmount(words[i].Start..words[i + count - 1].End, reading);
            i += count;
        }
    }

    private static (int Count, AmountReading? Reading) LongestAt(string line, List<(int Start, int End)> words, int i)
    {
        for (var count = Math.Min(MaxWordsOfAnAmount, words.Count - i); count >= 1; count--)
        {
            // No amount is without a digit, and fewer words hold none either.
            if (!line.AsSpan()[words[i].Start..words[i + count - 1].End].ContainsAnyInRange('0', '9'))
            {
                break;
            }

            var text = TextFolding.FoldWhiteSpace(line[words[i].Start..words[i + count - 1].End]).TrimStart(':', '=').TrimEnd(';', ':');
            if (text.Length is 0 or > 40 || (count > 1 && !MayJoin(text)))
            {
                continue;
            }

            // 2 500.00 may be a quantity and a price: spaces group only beside a currency sign or before a decimal comma.
            var reading = PrintedAmount.Parse(text, spacesMayGroup: text.Contains(',') || HasSign(text), centsInOwnColumn: false);
            if (count > 1 && reading is not null && (reading.Repaired || SignBelongsToNext(line, words, i + count, reading, text)))
            {
                continue;
            }

            if (reading is not null && (reading.Sign is not null || reading.HasDecimals || reading.Printed.AsSpan().ContainsAny(".,'")))
            {
                return (count, reading);
            }
        }

        return (0, null);
    }

    /// <summary>1 € 399,00 is a quantity and a price.</summary>
    private static bool SignBelongsToNext(string line, List<(int Start, int End)> words, int next, AmountReading reading, string text) =>
        reading is { HasDecimals: false, Sign: { } sign } && text.EndsWith(sign, StringComparison.Ordinal)
        && next < words.Count && char.IsAsciiDigit(line[words[next].Start]);

    private static bool HasSign(string text) =>
        CurrencyReader.AtStart(text, out _, out _) || CurrencyReader.AtEnd(text, out _, out _);

    /// <summary>Words of an amount hold digits, marks and at most one short word: cheap test before parsing.</summary>
    private static bool MayJoin(string text)
    {
        var letters = 0;
        var digits = 0;
        foreach (var c in text)
        {
            letters += char.IsLetter(c) ? 1 : 0;
            digits += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return digits > 0 && letters <= 5;
    }

    private static List<(int Start, int End)> Words(string line)
    {
        var words = new List<(int Start, int End)>();
        for (var i = 0; i < line.Length;)
        {
            if (char.IsWhiteSpace(line[i]))
            {
                i++;
                continue;
            }

            var start = i;
            while (i < line.Length && !char.IsWhiteSpace(line[i]))
            {
                i++;
            }

            words.Add((start, i));
        }

        return words;
    }
}
