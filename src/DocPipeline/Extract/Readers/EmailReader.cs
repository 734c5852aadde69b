using System.Text.RegularExpressions;

namespace DocPipeline.Extract.Readers;

/// <summary>Reads e-mail addresses, as printed.</summary>
public static partial class EmailReader
{
    public static Reading? Read(string text)
    {
        var folded = TextFolding.FoldWhiteSpace(TextFolding.Cap(text));
        var match = Anywhere().Match(folded);
        if (match.Success)
        {
            var whole = match.Length == folded.Trim('<', '>', '(', ')', ',', ';', '.', ':', ' ').Length;
            return Reading.Certain(match.Value, whole ? 0.99 : match.Index == 0 ? 0.9 : 0.7);
        }

        // Recognition puts spaces around the sign and the points: joe @ example.com.
        var joined = Anywhere().Match(folded.Replace(" @ ", "@").Replace(" @", "@").Replace("@ ", "@").Replace(" .", ".").Replace(". ", "."));
        return joined.Success ? Reading.Certain(joined.Value, 0.6) : null;
    }

    [GeneratedRegex(@"[A-Za-z0-9][A-Za-z0-9._%+\-']{0,63}@[A-Za-z0-9][A-Za-z0-9.\-]{0,80}\.[A-Za-z]{2,12}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Anywhere();
}
