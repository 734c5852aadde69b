using System.Text;

namespace DocPipeline.Extract.Readers;

/// <summary>White space and accents. Input is hostile: nothing here looks at more than <see cref="MaxLength"/> characters.</summary>
internal static class TextFolding
{
    /// <summary>No typed value is longer; what comes after is not looked at.</summary>
    public const int MaxLength = 500;

    public static string Cap(string text) => text.Length <= MaxLength ? text : text[..MaxLength];

    /// <summary>Runs of white space and control characters become one space; none at the ends.</summary>
    public static string FoldWhiteSpace(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c) && !char.IsControl(c))
            {
                folded.Append(c);
            }
            else if (folded.Length > 0 && folded[^1] != ' ')
            {
                folded.Append(' ');
            }
        }

        return folded.ToString().TrimEnd();
    }

    /// <summary>Lower case without the accents of western European languages: <c>Août</c> is <c>aout</c>. Keeps the length.</summary>
    public static string FoldLetters(ReadOnlySpan<char> text)
    {
        var folded = text.ToString().ToLowerInvariant().ToCharArray();
        for (var i = 0; i < folded.Length; i++)
        {
            folded[i] = folded[i] switch
            {
                'à' or 'á' or 'â' or 'ã' or 'ä' or 'å' => 'a',
                'ç' or 'č' => 'c',
                'è' or 'é' or 'ê' or 'ë' or 'ě' => 'e',
                'ì' or 'í' or 'î' or 'ï' => 'i',
                'ñ' or 'ń' => 'n',
                'ò' or 'ó' or 'ô' or 'õ' or 'ö' or 'ø' => 'o',
                'š' or 'ś' => 's',
                'ù' or 'ú' or 'û' or 'ü' => 'u',
                'ý' or 'ÿ' => 'y',
                'ž' or 'ź' or 'ż' => 'z',
                'ł' => 'l',
                _ => folded[i],
            };
        }

        return new string(folded);
    }
}
