namespace DocPipeline.Extract.Readers;

/// <summary>Three numbers: 01/05/2026, 5.1.2026, 2026-01-05, 25 08 73.</summary>
internal static class NumericDate
{
    public static DateMatch? At(List<DateToken> tokens, int start, Century century)
    {
        var first = start;
        if (first < tokens.Count && !tokens[first].IsNumber && DateWords.IsWeekday(tokens[first].Text))
        {
            first++;
        }

        if (first + 2 >= tokens.Count)
        {
            return null;
        }

        var a = AsNumber(tokens[first]);
        var b = AsNumber(tokens[first + 1]);
        var c = AsNumber(tokens[first + 2]);
        if (!a.IsNumber || !b.IsNumber || !c.IsNumber || (tokens[first].Repaired ? 0 : 1) + (tokens[first + 1].Repaired ? 0 : 1) == 0
            || !tokens[first + 2].IsNumber)
        {
            return null;
        }

        var separator = Separator(b.Gap);
        var second = Separator(c.Gap);
        if (separator == '\0' || second == '\0')
        {
            return null;
        }

        var plausibility = separator == second ? 1.0 : 0.6;
        plausibility *= separator switch { ' ' => 0.7, ',' => 0.5, _ => 1.0 };
        var next = first + 3 < tokens.Count ? tokens[first + 3] : default;
        var year = c.Text;
        if (year.Length is 5 or 6 && next.IsNumber && next.Gap == ":" && (year.StartsWith("19", StringComparison.Ordinal) || year.StartsWith("20", StringComparison.Ordinal)))
        {
            // The time of day ran into the year: 25/12/201808:13.
            year = year[..4];
            plausibility *= 0.8;
        }

        if (IsPartOfLongerNumber(tokens, first, next, separator) || (year.Length == 2 && next.Text is not null && !next.IsNumber && next.Gap.Length == 0 && next.Text != "t"))
        {
            return null;
        }

        var repaired = a.Repaired || b.Repaired || c.Repaired;
        var options = Options(a.Text, b.Text, year, century, out var twoDigitYear);
        if (options.Count == 0 || (separator == ',' && twoDigitYear) || (separator == ' ' && (a.Text.Length == 1 || b.Text.Length == 1)))
        {
            return null;
        }

        plausibility *= (twoDigitYear ? 0.88 : 0.97) * (repaired ? 0.65 : 1.0);
        return new DateMatch(start, first + 3, options, twoDigitYear, MonthNamed: false, repaired, separator, plausibility);
    }

    private static List<OrderedDate> Options(string a, string b, string c, Century century, out bool twoDigitYear)
    {
        var options = new List<OrderedDate>(2);
        twoDigitYear = false;
        if (b.Length > 2)
        {
            return options;
        }

        if (a.Length == 4 && c.Length <= 2)
        {
            Add(options, DateOrder.YearFirst, int.Parse(a), int.Parse(b), int.Parse(c));
            return options;
        }

        if (a.Length > 2 || c.Length is not (2 or 4))
        {
            return options;
        }

        twoDigitYear = c.Length == 2;
        var year = twoDigitYear ? century.Expand(int.Parse(c)) : int.Parse(c);
        Add(options, DateOrder.MonthFirst, year, int.Parse(a), int.Parse(b));
        Add(options, DateOrder.DayFirst, year, int.Parse(b), int.Parse(a));
        if (options.Count == 0 && twoDigitYear && a.Length == 2)
        {
            Add(options, DateOrder.YearFirst, century.Expand(int.Parse(a)), int.Parse(b), int.Parse(c));
        }

        if (options.Count == 2 && options[0].Date == options[1].Date)
        {
            return [new OrderedDate(DateOrder.Undecided, options[0].Date)];
        }

        return options;
    }

    private static void Add(List<OrderedDate> options, DateOrder order, int year, int month, int day)
    {
        if (DateMatch.TryDate(year, month, day, out var date))
        {
            options.Add(new OrderedDate(order, date));
        }
    }

    /// <summary>10.11.12.13, 1-800-12-05: the three numbers are a piece of something else. So are five pairs: a French telephone number.</summary>
    private static bool IsPartOfLongerNumber(List<DateToken> tokens, int first, DateToken next, char separator)
    {
        if (separator == ' ')
        {
            var run = 3;
            while (first + run < tokens.Count && tokens[first + run].IsNumber && Separator(tokens[first + run].Gap) == ' ' && tokens[first + run].Text.Length == 2)
            {
                run++;
            }

            return run == 5;
        }

        var chained = next is { IsNumber: true, Gap.Length: 1 } && Separator(next.Gap) == separator;
        var chainedBefore = first > 0 && tokens[first - 1].IsNumber && tokens[first].Gap.Length == 1 && Separator(tokens[first].Gap) == separator;
        return chained || chainedBefore;
    }

    /// <summary>A token of one or two letters that look like digits counts as a number between slashes: <c>l/05/2026</c>.</summary>
    private static DateToken AsNumber(DateToken token)
    {
        if (token.IsNumber || token.Text.Length > 2)
        {
            return token;
        }

        // Folding made capitals small; 'l' and 'o' are the confusions that stand alone.
        foreach (var letter in token.Text)
        {
            if (letter is not ('l' or 'i' or 'o'))
            {
                return token;
            }
        }

        return token with { IsNumber = true, Repaired = true, Text = token.Text.Replace('l', '1').Replace('i', '1').Replace('o', '0') };
    }

    /// <summary>The one character that separates; a space for white space or a box rule; <c>'\0'</c> for anything else.</summary>
    internal static char Separator(string gap)
    {
        var trimmed = gap.AsSpan().Trim();
        if (gap.Length > 8)
        {
            return '\0';
        }

        return trimmed.Length switch
        {
            0 => gap.Length > 0 ? ' ' : '\0',
            1 => trimmed[0] switch
            {
                '/' or '\\' => '/',
                '.' or '·' => '.',
                '-' or '–' or '—' or '‐' or '‑' or '−' => '-',
                ',' => ',',
                '|' => ' ',
                _ => '\0',
            },
            _ => '\0',
        };
    }
}
