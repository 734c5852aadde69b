namespace DocPipeline.Extract.Readers;

/// <summary>Reads printed dates. Linear in the length of the text, which is capped; never throws.</summary>
public static class DateReader
{
    /// <summary>The date that the text is, or starts with; a weekday or a time may come before it. Null when there is none.</summary>
    /// <param name="referenceYear">Two-digit years are read as at most ten years after it.</param>
    /// <param name="notAfterReference">True for dates such as a birth: two-digit years are then never after the reference year.</param>
    public static DateReading? Read(string text, int referenceYear, bool notAfterReference = false)
    {
        var line = TextFolding.Cap(text);
        var tokens = DateToken.Split(line);
        var first = TimeReader.LeadingTimeTokens(tokens);
        var century = new Century(referenceYear, notAfterReference);
        var match = NumericDate.At(tokens, first, century) ?? NamedMonthDate.At(tokens, first, century);
        if (match is null)
        {
            return CompactDate.Read(line, century);
        }

        var before = line.AsSpan(0, tokens[first].Start).Trim();
        if (first == 0 && before.Length > 2)
        {
            return null;
        }

        var restIsTime = TimeReader.IsTimeOrNothing(line.AsSpan(tokens[match.End - 1].End));
        return match.ToReading(line, tokens, first, restIsTime ? 1 : 0.8);
    }

    /// <summary>Every date in a line, left to right, not overlapping.</summary>
    public static IEnumerable<FoundDate> FindAll(string line, int referenceYear)
    {
        line = TextFolding.Cap(line);
        var tokens = DateToken.Split(line);
        var century = new Century(referenceYear, NotAfterReference: false);
        for (var i = 0; i < tokens.Count;)
        {
            var match = NumericDate.At(tokens, i, century) ?? NamedMonthDate.At(tokens, i, century) ?? CompactDate.At(tokens, i, century);
            if (match is null)
            {
                i++;
                continue;
            }

            yield return new FoundDate(tokens[match.Start].Start..tokens[match.End - 1].End, match.ToReading(line, tokens, match.Start, 1));
            i = match.End;
        }
    }
}

/// <summary>How a two-digit year gets its century.</summary>
internal readonly record struct Century(int ReferenceYear, bool NotAfterReference)
{
    /// <summary>Policies and appointments reach into the future, but not far.</summary>
    private const int YearsAhead = 10;

    public int Expand(int twoDigits)
    {
        var last = ReferenceYear + (NotAfterReference ? 0 : YearsAhead);
        var year = (last / 100 * 100) + twoDigits;
        return year > last ? year - 100 : year;
    }
}

/// <summary>A date among tokens: <paramref name="Start"/> is its first token, <paramref name="End"/> the one after its last.</summary>
internal sealed record DateMatch(
    int Start,
    int End,
    IReadOnlyList<OrderedDate> Options,
    bool TwoDigitYear,
    bool MonthNamed,
    bool Repaired,
    char Separator,
    double Plausibility)
{
    public DateReading ToReading(string line, List<DateToken> tokens, int start, double fit) =>
        new(Options, TwoDigitYear, MonthNamed, Repaired, Separator, line[tokens[start].Start..tokens[End - 1].End], Plausibility * fit);

    public static bool TryDate(int year, int month, int day, out DateOnly date)
    {
        date = default;
        if (year is < 1880 or > 2120 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateOnly(year, month, day);
        return true;
    }
}
