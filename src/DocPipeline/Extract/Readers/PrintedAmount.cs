namespace DocPipeline.Extract.Readers;

/// <summary>Takes sign, currency and marks off an amount until the number is left.</summary>
internal static class PrintedAmount
{
    public static AmountReading? Parse(string text, bool spacesMayGroup, bool centsInOwnColumn)
    {
        var rest = text.AsSpan().Trim();
        var negative = false;
        var inParentheses = rest.Length > 2 && rest[0] == '(' && rest[^1] == ')';
        if (inParentheses)
        {
            negative = true;
            rest = rest[1..^1].Trim();
        }

        negative |= TakeMinus(ref rest);
        var signs = 0;
        string? sign = null;
        string? currency = null;
        var repaired = false;
        while (signs < 3 && TakeCurrency(ref rest, ref sign, ref currency))
        {
            signs++;
            negative |= TakeMinus(ref rest);
        }

        if (TakeSuffix(ref rest, "CR"))
        {
            negative = true;
        }
        else
        {
            _ = TakeSuffix(ref rest, "DR");
        }

        rest = TakeNoCents(rest, out var noCents);
        rest = TakeTaxMark(rest, out var marked);
        if (sign is null && TakeMisreadSign(ref rest))
        {
            repaired = true;
        }

        if (!NumberCleaning.Clean(rest, spacesMayGroup, centsInOwnColumn, out var number, out var noise, ref repaired))
        {
            return null;
        }

        var options = PrintedNumber.Read(number, out var hasDecimals);
        if (noCents)
        {
            // Nothing before "no cents" can be decimals.
            options = [.. options.Where(option => decimal.IsInteger(option.Value))];
            hasDecimals = false;
        }

        if (options.Count == 0)
        {
            return null;
        }

        var plausibility = Plausibility(number, hasDecimals, sign is not null || noCents);
        plausibility *= (noise ? 0.75 : 1) * (repaired ? 0.6 : 1) * (marked ? 0.9 : 1) * (inParentheses ? 0.8 : 1);
        return new AmountReading(
            negative ? [.. options.Select(option => option with { Value = -option.Value })] : options,
            currency is { Length: > 0 } ? currency : null,
            sign,
            hasDecimals,
            repaired,
            text,
            plausibility);
    }

    private static double Plausibility(string number, bool hasDecimals, bool hasSign)
    {
        var digits = number.Count(char.IsAsciiDigit);
        var grouped = number.Length > digits;
        var decimals = number.Length - 1 - number.LastIndexOfAny(['.', ',']);
        return (hasSign, hasDecimals, grouped) switch
        {
            (true, true, _) => 1,
            (true, false, _) => digits <= 9 ? 0.9 : 0.4,
            (false, true, _) => decimals == 2 ? 0.95 : 0.6,
            (false, false, true) => 0.75,
            // A whole number without any mark: a year, a count, an identifier, or an amount.
            _ => number[0] == '0' && digits > 1 ? 0.05 : digits <= 6 ? 0.4 : digits <= 8 ? 0.15 : 0.05,
        };
    }

    private static bool TakeMinus(ref ReadOnlySpan<char> text)
    {
        if (text.Length > 1 && text[0] is '-' or '−' or '–')
        {
            text = text[1..].TrimStart();
            return true;
        }

        // 45.- means no cents, 45.00- is negative.
        if (text.Length > 1 && text[^1] is '-' or '−' && (char.IsAsciiDigit(text[^2]) || text[^2] == ' '))
        {
            text = text[..^1].TrimEnd();
            return true;
        }

        return false;
    }

    /// <summary>A sign or code before or behind. The same twice is left: one of them belongs to a neighbour, and the text is no amount.</summary>
    private static bool TakeCurrency(ref ReadOnlySpan<char> text, ref string? sign, ref string? currency)
    {
        if (CurrencyReader.AtStart(text, out var before, out var code) && text.Length > before.Length && sign != before)
        {
            text = text[before.Length..].TrimStart(" .:");
            Remember(before, code, ref sign, ref currency);
            return true;
        }

        if (CurrencyReader.AtEnd(text, out var after, out code) && text.Length > after.Length && sign != after)
        {
            text = text[..^after.Length].TrimEnd();
            Remember(after, code, ref sign, ref currency);
            return true;
        }

        return false;
    }

    private static void Remember(string printed, string code, ref string? sign, ref string? currency)
    {
        sign ??= printed;
        currency = string.IsNullOrEmpty(currency) ? code : currency;
    }

    private static bool TakeSuffix(ref ReadOnlySpan<char> text, string suffix)
    {
        if (text.Length > suffix.Length && text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) && !char.IsLetter(text[^(suffix.Length + 1)]))
        {
            text = text[..^suffix.Length].TrimEnd();
            return true;
        }

        return false;
    }

    /// <summary>45.- 45,-- 45/-: the dash stands for no cents.</summary>
    private static ReadOnlySpan<char> TakeNoCents(ReadOnlySpan<char> text, out bool taken)
    {
        var bare = text.TrimEnd("-–—=");
        taken = bare.Length < text.Length && bare.Length > 1 && bare[^1] is '.' or ',' or '/';
        return taken ? bare[..^1].TrimEnd() : text;
    }

    /// <summary>9.00* 12.50 T 9.00S: receipts mark taxed lines behind the amount.</summary>
    private static ReadOnlySpan<char> TakeTaxMark(ReadOnlySpan<char> text, out bool taken)
    {
        taken = false;
        var bare = text.TrimEnd('*').TrimEnd();
        if (bare.Length > 4 && char.IsAsciiLetter(bare[^1]))
        {
            bare = bare[..^1].TrimEnd();
            if (bare.Length > 3 && bare[^3] is '.' or ',' && char.IsAsciiDigit(bare[^1]) && char.IsAsciiDigit(bare[^2]))
            {
                taken = true;
                return bare;
            }

            return text.TrimEnd('*').TrimEnd();
        }

        return bare;
    }

    /// <summary>A currency sign read as another character and glued on: <c>S1,234.50</c>, <c>%7,08,000.00</c>. Only before a number with two decimals.</summary>
    private static bool TakeMisreadSign(ref ReadOnlySpan<char> text)
    {
        if (text.Length >= 5 && text[0] is 'S' or 's' or 'B' or '§' or '&' or 'E' or 'F' or '%' or '?' or '#' or '<' or '~' or 'Z' or 'z' or 'X' or 'x' or 'T' && char.IsAsciiDigit(text[1])
            && text[^3] is '.' or ',' && char.IsAsciiDigit(text[^1]) && char.IsAsciiDigit(text[^2]))
        {
            text = text[1..];
            return true;
        }

        return false;
    }
}
