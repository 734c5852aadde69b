using System.Globalization;

namespace DocPipeline.Extract.Readers;

/// <summary>Digits with separators, without any sign: decides what groups thousands and what begins decimals.</summary>
internal static class PrintedNumber
{
    private const int MaxDigits = 15;

    /// <summary>The meanings of the number; empty when it is none. Separators are point, comma, apostrophe and space.</summary>
    public static IReadOnlyList<StyledAmount> Read(string number, out bool hasDecimals)
    {
        hasDecimals = false;
        var groups = new List<string>();
        var separators = new List<char>();
        if (!Split(number, groups, separators) || groups.Sum(group => group.Length) > MaxDigits)
        {
            return [];
        }

        if (separators.Count == 0)
        {
            return [new StyledAmount(DecimalStyle.Undecided, Parse(number, string.Empty))];
        }

        var last = separators[^1];
        var thousands = separators.Take(separators.Count - 1).ToList();
        var whole = groups.Take(groups.Count - 1).ToList();
        var asDecimals = last is '.' or ',' && groups[^1].Length is >= 1 and <= 6 && !thousands.Contains(last) && IsGrouped(whole, thousands);
        var asThousands = IsGrouped(groups, separators);
        if (asDecimals && asThousands && IsZero(whole))
        {
            // 0,500 has no thousands.
            asThousands = false;
        }

        var options = new List<StyledAmount>(2);
        var style = last == '.' ? DecimalStyle.Point : DecimalStyle.Comma;
        if (asDecimals)
        {
            options.Add(new StyledAmount(style, Parse(string.Concat(whole), groups[^1])));
        }

        if (asThousands)
        {
            var value = Parse(string.Concat(groups), string.Empty);
            var other = last switch { '.' => DecimalStyle.Comma, ',' => DecimalStyle.Point, _ => DecimalStyle.Undecided };
            options.Add(new StyledAmount(other, value));
        }

        options.Sort((a, b) => a.Style.CompareTo(b.Style));
        hasDecimals = asDecimals && options[0].Style == style;
        return options;
    }

    /// <summary>Groups of three, or Indian groups: three last, two before. All separators alike, except that a space or an apostrophe never mixes.</summary>
    private static bool IsGrouped(List<string> groups, List<char> separators)
    {
        if (separators.Count == 0)
        {
            return true;
        }

        if (separators.Exists(separator => separator != separators[0]) || groups[0].Length is 0 or > 3 || groups[^1].Length != 3)
        {
            return false;
        }

        var inner = groups.Skip(1).SkipLast(1).ToList();
        var western = inner.TrueForAll(group => group.Length == 3);
        var indian = separators[0] == ',' && groups[0].Length <= 2 && inner.TrueForAll(group => group.Length == 2);
        return (western || indian) && (groups[0][0] != '0' || groups[0].Length == 1);
    }

    private static bool IsZero(List<string> whole) => whole.TrueForAll(group => group.All(c => c == '0'));

    private static bool Split(string number, List<string> groups, List<char> separators)
    {
        var start = 0;
        for (var i = 0; i <= number.Length; i++)
        {
            if (i < number.Length && char.IsAsciiDigit(number[i]))
            {
                continue;
            }

            if (i == start && !(i == 0 && number.Length > 1 && number[0] is '.' or ','))
            {
                return false;
            }

            groups.Add(number[start..i]);
            if (i < number.Length)
            {
                if (number[i] is not ('.' or ',' or '\'' or ' '))
                {
                    return false;
                }

                separators.Add(number[i]);
            }

            start = i + 1;
        }

        // .50 is printed on receipts; nothing else begins with a separator.
        return groups[0].Length > 0 || (separators.Count == 1 && groups[1].Length == 2);
    }

    private static decimal Parse(string whole, string decimals) =>
        decimal.Parse($"{(whole.Length == 0 ? "0" : whole)}.{(decimals.Length == 0 ? "0" : decimals)}", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
