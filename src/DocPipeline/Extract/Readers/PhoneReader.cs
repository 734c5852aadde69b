using System.Text.RegularExpressions;

namespace DocPipeline.Extract.Readers;

/// <summary>Reads telephone numbers; the value is the number as printed, with an extension.</summary>
public static partial class PhoneReader
{
    public static Reading? Read(string text)
    {
        var folded = TextFolding.FoldWhiteSpace(TextFolding.Cap(text)).TrimStart(':', '.', ',', ' ');
        var match = Start().Match(folded);
        if (!match.Success)
        {
            return null;
        }

        var printed = match.Groups["phone"].Value.TrimEnd(' ', '-', '.', '/');
        var bare = printed.Split((char[])['x', 'X', 'e', 'E', '#'])[0];
        var digits = bare.Count(char.IsAsciiDigit);
        if (digits is < 7 or > 15 || Placeholders.IsPlaceholder(printed))
        {
            return null;
        }

        var rest = folded.AsSpan(match.Length).Trim(" .,;()|");
        var shape = NorthAmerican().IsMatch(bare) || bare.StartsWith('+') ? 0.97
            : digits == 10 && bare.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 ? 0.6
            : digits >= 9 && bare[0] == '0' ? 0.8
            : digits == 7 && bare.Contains('-') ? 0.6
            : 0.4;
        return Reading.Certain(printed, rest.IsEmpty ? shape : rest[0] is '/' || char.IsAsciiDigit(rest[0]) ? shape * 0.5 : shape * 0.85);
    }

    [GeneratedRegex(
        @"^((tel|telephone|phone|ph|mobile|cell|fax|t|m|p|f|h|w)\.?\s?:?\s?)?(?<phone>\+?[0-9(][0-9 ()./\-–]{5,24}[0-9]( ?(x|ext\.?|extension|#) ?[0-9]{1,6})?)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Start();

    [GeneratedRegex(@"^(\+?1[ .\-]?)?(\([2-9][0-9]{2}\)[ .\-]{0,3}|[2-9][0-9]{2}[ .\-/]{1,3})[0-9]{3}[ .\-–]{1,3}[0-9]{4} ?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex NorthAmerican();
}
