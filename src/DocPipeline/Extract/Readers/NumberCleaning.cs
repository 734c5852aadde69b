namespace DocPipeline.Extract.Readers;

/// <summary>Removes from a number what recognition or the columns of a form put into it.</summary>
internal static class NumberCleaning
{
    /// <summary>Makes <c>1 ,234.50</c>, <c>1O.00</c> and <c>1753 | 00</c> into plain numbers with separators.</summary>
    public static bool Clean(ReadOnlySpan<char> text, bool spacesMayGroup, bool centsInOwnColumn, out string number, out bool noise, ref bool repaired)
    {
        number = string.Empty;
        noise = false;
        Span<char> buffer = stackalloc char[40];
        if (text.IsEmpty || text.Length > buffer.Length)
        {
            return false;
        }

        var length = 0;
        var digits = 0;
        var replaced = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var digit = DigitRepair.DigitFor(c);
            if (digit != '\0' && c != '|' && c != '!')
            {
                buffer[length++] = digit;
                digits++;
                replaced += digit == c ? 0 : 1;
                continue;
            }

            switch (c)
            {
                case '.' or ',':
                    buffer[length++] = c;
                    break;
                case '\'' or '’' or '‘' or '`':
                    buffer[length++] = '\'';
                    break;
                case ' ' or '|':
                    if (!Space(text, i, spacesMayGroup, centsInOwnColumn, buffer, ref length, ref noise))
                    {
                        return false;
                    }

                    break;
                default:
                    return false;
            }
        }

        if (digits == 0 || replaced * 2 > digits)
        {
            return false;
        }

        repaired |= replaced > 0;
        number = new string(buffer[..length]);
        return true;
    }

    private static bool Space(ReadOnlySpan<char> text, int at, bool spacesMayGroup, bool centsInOwnColumn, Span<char> buffer, ref int length, ref bool noise)
    {
        var before = length > 0 ? buffer[length - 1] : '\0';
        var next = at + 1;
        var ruled = text[at] == '|';
        while (next < text.Length && text[next] is ' ' or '|')
        {
            ruled |= text[next] == '|';
            next++;
        }

        if (at > 0 && text[at - 1] is ' ' or '|')
        {
            // The run of spaces was dealt with at its first character.
            return true;
        }

        var after = text[next..];
        var digitsAfter = DigitsAtStart(after);
        if (digitsAfter == 2 && after.Length == 2 && (ruled || centsInOwnColumn) && char.IsAsciiDigit(before) && !buffer[..length].Contains('.'))
        {
            // The column of cents.
            buffer[length++] = '.';
            return true;
        }

        if (ruled)
        {
            return false;
        }

        if (before is '.' or ',' || (after.Length > 0 && after[0] is '.' or ','))
        {
            // White space that recognition put beside a separator. Four digits after it are a year: June 22, 2020.
            noise = true;
            return DigitsAtStart(before is '.' or ',' ? after : after[1..]) is 2 or 3;
        }

        if (spacesMayGroup && digitsAfter == 3 && char.IsAsciiDigit(before))
        {
            buffer[length++] = ' ';
            return true;
        }

        return false;
    }

    private static int DigitsAtStart(ReadOnlySpan<char> text)
    {
        var digits = 0;
        while (digits < text.Length && DigitRepair.DigitFor(text[digits]) is not '\0')
        {
            digits++;
        }

        return digits;
    }
}
