namespace DocPipeline.Extract.Readers;

/// <summary>A run of digits or of letters in a line that may hold dates.</summary>
/// <param name="Text">Digits after repair, or letters folded.</param>
/// <param name="Gap">What is printed between the token before and this one.</param>
/// <param name="Repaired">True when a misread character was replaced.</param>
internal readonly record struct DateToken(bool IsNumber, string Text, int Start, int End, string Gap, bool Repaired)
{
    public static List<DateToken> Split(string line)
    {
        var tokens = new List<DateToken>();
        var gapStart = 0;
        for (var i = 0; i < line.Length;)
        {
            if (!char.IsLetterOrDigit(line[i]))
            {
                i++;
                continue;
            }

            var end = i;
            while (end < line.Length && char.IsLetterOrDigit(line[end]))
            {
                end++;
            }

            AddRun(tokens, line, i, end, line[gapStart..i]);
            gapStart = i = end;
        }

        return tokens;
    }

    private static void AddRun(List<DateToken> tokens, string line, int start, int end, string gap)
    {
        var run = line.AsSpan(start, end - start);
        if (run.ContainsAnyInRange('0', '9') && DigitRepair.TryDigits(run, out var digits, out var repaired))
        {
            tokens.Add(new(IsNumber: true, digits, start, end, gap, repaired > 0));
            return;
        }

        if (MisreadMonth(run) is { } month)
        {
            tokens.Add(new(IsNumber: false, month, start, end, gap, Repaired: true));
            return;
        }

        // 07Sep2020, 7th, 2018T08: part where letters and digits meet.
        for (var i = start; i < end;)
        {
            var partEnd = i;
            var isNumber = char.IsAsciiDigit(line[i]);
            while (partEnd < end && char.IsAsciiDigit(line[partEnd]) == isNumber)
            {
                partEnd++;
            }

            var part = line.AsSpan(i, partEnd - i);
            tokens.Add(new(isNumber, isNumber ? part.ToString() : TextFolding.FoldLetters(part), i, partEnd, i == start ? gap : string.Empty, Repaired: false));
            i = partEnd;
        }
    }

    /// <summary><c>0ct</c>, <c>Ju1y</c>, <c>5ep</c>: a month's name with digits in it.</summary>
    private static string? MisreadMonth(ReadOnlySpan<char> run)
    {
        if (run.Length is < 3 or > 10 || !run.ContainsAnyInRange('0', '9'))
        {
            return null;
        }

        Span<char> letters = stackalloc char[run.Length];
        for (var i = 0; i < run.Length; i++)
        {
            letters[i] = DigitRepair.LetterFor(run[i]);
        }

        var folded = TextFolding.FoldLetters(letters);
        return DateWords.Month(folded) > 0 ? folded : null;
    }
}
