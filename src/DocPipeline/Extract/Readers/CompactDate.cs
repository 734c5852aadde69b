namespace DocPipeline.Extract.Readers;

/// <summary>Dates without separators: 20200907 anywhere; 09072020, and boxes of one digit each, only as the whole text.</summary>
internal static class CompactDate
{
    public static DateMatch? At(List<DateToken> tokens, int at, Century century)
    {
        var token = tokens[at];
        return token is { IsNumber: true, Text.Length: 8, Repaired: false }
            && token.Gap.AsSpan().Trim().Length == 0
            && YearFirst(token.Text, century) is { } date
            ? new DateMatch(at, at + 1, [date], TwoDigitYear: false, MonthNamed: false, Repaired: false, ' ', 0.55)
            : null;
    }

    public static DateReading? Read(string text, Century century)
    {
        Span<char> digits = stackalloc char[8];
        var count = 0;
        var spaced = false;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c) && count < 8)
            {
                digits[count++] = c;
            }
            else if (char.IsWhiteSpace(c) || c is '|' or '/' or '-')
            {
                spaced = true;
            }
            else
            {
                return null;
            }
        }

        if (count != 8)
        {
            return null;
        }

        var all = new string(digits);
        IReadOnlyList<OrderedDate> options = !spaced && YearFirst(all, century) is { } yearFirst ? [yearFirst] : YearLast(all, century);
        return options.Count == 0
            ? null
            : new DateReading(options, TwoDigitYear: false, MonthNamed: false, Repaired: false, ' ', text.Trim(), options[0].Order == DateOrder.YearFirst ? 0.6 : 0.4);
    }

    private static OrderedDate? YearFirst(string digits, Century century) =>
        int.Parse(digits[..4]) is var year && IsNear(year, century) && DateMatch.TryDate(year, int.Parse(digits[4..6]), int.Parse(digits[6..]), out var date)
            ? new OrderedDate(DateOrder.YearFirst, date)
            : null;

    private static List<OrderedDate> YearLast(string digits, Century century)
    {
        var options = new List<OrderedDate>(2);
        var year = int.Parse(digits[4..]);
        if (!IsNear(year, century))
        {
            return options;
        }

        if (DateMatch.TryDate(year, int.Parse(digits[..2]), int.Parse(digits[2..4]), out var monthFirst))
        {
            options.Add(new OrderedDate(DateOrder.MonthFirst, monthFirst));
        }

        if (DateMatch.TryDate(year, int.Parse(digits[2..4]), int.Parse(digits[..2]), out var dayFirst) && (options.Count == 0 || dayFirst != monthFirst))
        {
            options.Add(new OrderedDate(DateOrder.DayFirst, dayFirst));
        }

        return options;
    }

    /// <summary>Eight digits are more often a number than a date: only years of living people count.</summary>
    private static bool IsNear(int year, Century century) => year >= century.ReferenceYear - 110 && year <= century.ReferenceYear + 10;
}
