using System.Text.RegularExpressions;

namespace DocPipeline.Extract.Readers;

/// <summary>Reads times of day; the value is the time as printed.</summary>
public static partial class TimeReader
{
    public static Reading? Read(string text)
    {
        var match = Start().Match(TextFolding.Cap(text));
        if (!match.Success)
        {
            return null;
        }

        var time = match.Groups["time"];
        var rest = text.Length > match.Length ? text.AsSpan(match.Length).Trim(" .,;()") : [];
        var plausibility = match.Groups["marked"].Success || match.Groups["colon"].Success ? 0.97 : 0.7;
        return Reading.Certain(TextFolding.FoldWhiteSpace(time.Value), rest.IsEmpty ? plausibility : plausibility * 0.75);
    }

    /// <summary>How many tokens at the start belong to a time of day that comes before a date: 8:13 PM 25/12/2018.</summary>
    internal static int LeadingTimeTokens(List<DateToken> tokens)
    {
        var at = 0;
        if (tokens.Count < 3 || !tokens[0].IsNumber || tokens[0].Text.Length > 2 || tokens[1] is not { IsNumber: true, Gap: ":", Text.Length: 2 })
        {
            return 0;
        }

        at = 2;
        while (at < tokens.Count && tokens[at] is { IsNumber: true, Gap: ":", Text.Length: 2 })
        {
            at++;
        }

        if (at < tokens.Count && tokens[at] is { IsNumber: false, Text: "am" or "pm" or "hrs" or "uhr" or "h" })
        {
            at++;
        }

        return at;
    }

    internal static bool IsTimeOrNothing(ReadOnlySpan<char> rest)
    {
        var trimmed = rest.Trim(" \t.,;:-|()@");
        return trimmed.IsEmpty || OnlyTime().IsMatch(trimmed);
    }

    [GeneratedRegex(
        @"^\s{0,3}(?:about|approx\.?|approximately|circa|ca\.?|at|um|@|~)?\s{0,3}(?<time>(?:(?:[01]?[0-9]|2[0-4])(?<colon>\s?:\s?)[0-5][0-9](?:\s?:\s?[0-5][0-9])?(?:\s{0,2}(?<marked>[ap]\.?\s?m\b\.?|hrs?\b\.?|hours\b|uhr\b|h\b))?|(?:[01]?[0-9]|2[0-4])\s?(?<marked>h|\.)\s?[0-5][0-9](?:\s?uhr)?|(?:[01][0-9]|2[0-4])[0-5][0-9]\s?(?<marked>hrs?\b\.?|hours\b)|(?:1[0-2]|0?[1-9])\s?(?<marked>[ap]\.?\s?m\b\.?)|(?:[01]?[0-9]|2[0-4])\s?(?<marked>uhr\b)|(?<marked>noon|midnight)\b))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Start();

    [GeneratedRegex(
        @"^(?:t|at|um|at about)?\s{0,3}[0-9]{1,2}[:.h][0-9]{2}(?:[:.][0-9]{2}(?:\.[0-9]{1,6})?)?\s{0,3}(?:z|[ap]\.?\s?m\.?|hrs?\.?|hours|uhr|h)?(?:\s{0,2}(?:[+-][0-9]{2}:?[0-9]{2}|utc|gmt|[ecmp][sd]t|ist|bst|cet|cest))?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex OnlyTime();
}
