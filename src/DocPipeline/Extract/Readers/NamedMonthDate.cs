namespace DocPipeline.Extract.Readers;

/// <summary>Dates with the month as a word: 7 September 2020, Sept. 7th, 2020, 07-Sep-20, 2020 Sep 7, le 7 août 2020.</summary>
internal static class NamedMonthDate
{
    public static DateMatch? At(List<DateToken> tokens, int start, Century century)
    {
        var at = start;
        if (at < tokens.Count && !tokens[at].IsNumber && DateWords.IsWeekday(tokens[at].Text) && DateWords.Month(tokens[at].Text) == 0)
        {
            at++;
        }

        var weekday = at > start;
        SkipConnectors(tokens, ref at);
        start = weekday ? start : at;
        if (at >= tokens.Count)
        {
            return null;
        }

        return tokens[at].IsNumber
            ? (DayFirst(tokens, start, at, century) ?? YearFirst(tokens, start, at))
            : MonthFirst(tokens, start, at, century);
    }

    private static DateMatch? DayFirst(List<DateToken> tokens, int start, int at, Century century)
    {
        var day = tokens[at++];
        SkipOrdinal(tokens, ref at);
        SkipConnectors(tokens, ref at);
        if (day.Text.Length > 2 || !IsMonth(tokens, at, out var month, allowGlued: true))
        {
            return null;
        }

        var monthToken = tokens[at++];
        SkipConnectors(tokens, ref at);
        return Year(tokens, at, century, out var year, out var twoDigits)
            ? Match(tokens, start, at + 1, year, month, day.Text, twoDigits, day.Repaired || monthToken.Repaired || tokens[at].Repaired)
            : null;
    }

    private static DateMatch? MonthFirst(List<DateToken> tokens, int start, int at, Century century)
    {
        if (DateWords.Month(tokens[at].Text) is not (> 0 and var month))
        {
            return null;
        }

        var monthToken = tokens[at++];
        SkipConnectors(tokens, ref at);
        if (at >= tokens.Count || !tokens[at].IsNumber || tokens[at].Text.Length > 2 || !IsGap(tokens[at].Gap, allowEmpty: true))
        {
            return null;
        }

        var day = tokens[at++];
        SkipOrdinal(tokens, ref at);
        SkipConnectors(tokens, ref at);
        return Year(tokens, at, century, out var year, out var twoDigits)
            ? Match(tokens, start, at + 1, year, month, day.Text, twoDigits, monthToken.Repaired || day.Repaired || tokens[at].Repaired)
            : null;
    }

    private static DateMatch? YearFirst(List<DateToken> tokens, int start, int at)
    {
        var year = tokens[at];
        if (year.Text.Length != 4 || !IsMonth(tokens, at + 1, out var month, allowGlued: true)
            || at + 2 >= tokens.Count || !tokens[at + 2].IsNumber || tokens[at + 2].Text.Length > 2 || !IsGap(tokens[at + 2].Gap, allowEmpty: true))
        {
            return null;
        }

        return Match(tokens, start, at + 3, int.Parse(year.Text), month, tokens[at + 2].Text, twoDigits: false, year.Repaired || tokens[at + 2].Repaired);
    }

    private static DateMatch? Match(List<DateToken> tokens, int start, int end, int year, int month, string day, bool twoDigits, bool repaired) =>
        DateMatch.TryDate(year, month, int.Parse(day), out var date)
            ? new DateMatch(start, end, [new OrderedDate(DateOrder.Undecided, date)], twoDigits, MonthNamed: true, repaired, ' ', (twoDigits ? 0.92 : 0.99) * (repaired ? 0.7 : 1))
            : null;

    private static bool Year(List<DateToken> tokens, int at, Century century, out int year, out bool twoDigits)
    {
        year = 0;
        twoDigits = false;
        if (at >= tokens.Count || !tokens[at].IsNumber || tokens[at].Text.Length is not (2 or 4) || !IsGap(tokens[at].Gap, allowEmpty: true))
        {
            return false;
        }

        // Sep 7 20:13 has no year.
        var next = at + 1 < tokens.Count ? tokens[at + 1] : default;
        if (tokens[at].Text.Length == 2 && next is { IsNumber: true, Gap: ":" })
        {
            return false;
        }

        // 1 - July 31, 2014: 31 is no year.
        if (tokens[at].Text.Length == 2 && next is { IsNumber: true, Text.Length: 4 } && next.Gap.Contains(','))
        {
            return false;
        }

        twoDigits = tokens[at].Text.Length == 2;
        year = twoDigits ? century.Expand(int.Parse(tokens[at].Text)) : int.Parse(tokens[at].Text);
        return true;
    }

    private static bool IsMonth(List<DateToken> tokens, int at, out int month, bool allowGlued)
    {
        month = at < tokens.Count && !tokens[at].IsNumber && IsGap(tokens[at].Gap, allowGlued) ? DateWords.Month(tokens[at].Text) : 0;
        return month > 0;
    }

    private static void SkipOrdinal(List<DateToken> tokens, ref int at)
    {
        if (at < tokens.Count && !tokens[at].IsNumber && tokens[at].Gap.AsSpan().Trim().Length == 0 && tokens[at].Gap.Length < 2
            && DateWords.IsOrdinal(tokens[at].Text) && DateWords.Month(tokens[at].Text) == 0)
        {
            at++;
        }
    }

    private static void SkipConnectors(List<DateToken> tokens, ref int at)
    {
        while (at < tokens.Count && !tokens[at].IsNumber && DateWords.IsConnector(tokens[at].Text) && (at == 0 || IsGap(tokens[at].Gap, allowEmpty: false)))
        {
            at++;
        }
    }

    /// <summary>White space with at most two of the marks that stand inside written dates.</summary>
    private static bool IsGap(string gap, bool allowEmpty)
    {
        if (gap.Length == 0)
        {
            return allowEmpty;
        }

        if (gap.Length > 5)
        {
            return false;
        }

        var marks = 0;
        foreach (var c in gap)
        {
            if (char.IsWhiteSpace(c))
            {
                continue;
            }

            marks++;
            if (c is not ('.' or ',' or '-' or '/' or '\'' or '’' or '–' or '_' or '|'))
            {
                return false;
            }
        }

        return marks <= 2;
    }
}
