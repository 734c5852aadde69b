using DocPipeline.Documents;

namespace DocPipeline.Pages.Layer;

/// <summary>
/// Finds text of fonts with a wrong Unicode map: it looks clean (<c>2KLR</c> for Ohio), but its letters follow each other as in no
/// language. A small table of which letter may follow which in the languages of Western Europe is enough: real text keeps to it in
/// more than nine pairs of ten, shifted or shuffled text in about half.
/// </summary>
internal static class LetterPairs
{
    private const int ShortestWord = 4;
    private const int FewestWords = 6;

    /// <summary>For a to z: the letters that commonly follow.</summary>
    private static readonly string[] Followers =
    [
        "bcdfghiklmnprstuvwxyz", // a
        "abeijlorsuy", // b
        "acehiklorstuy", // c
        "adegiorsuvy", // d
        "abcdefghiklmnopqrstuvwxyz", // e
        "aefilortuy", // f
        "aeghilnorstuy", // g
        "aeilmnortuwy", // h
        "abcdefgklmnopqrstvxz", // i
        "aeou", // j
        "aeiloprstuy", // k
        "abcdefgiklmnopstuvyz", // l
        "abeimnopsuy", // m
        "abcdefgiklmnoqrstuvyz", // n
        "abcdefghiklmnoprstuvwxyz", // o
        "aefhilnoprstuy", // p
        "u", // q
        "abcdefgiklmnoprstuvwyz", // r
        "abcefhiklmnopqrstuvwyz", // s
        "acefhilmnorstuwyz", // t
        "abcdefghiklmnoprstvxyz", // u
        "aeiouy", // v
        "aehiknorsy", // w
        "aceiopty", // x
        "abcdeilmnoprst", // y
        "aeiotuwyz", // z
    ];

    /// <summary>True when a noticeable part of the words follows no language's pairs. One bad font on a good page is enough.</summary>
    public static bool LookGarbled(IReadOnlyList<Word> words)
    {
        var (judged, odd) = (0, 0);
        foreach (var word in words)
        {
            if (Judge(word.Text) is { } plausible)
            {
                judged++;
                odd += plausible ? 0 : 1;
            }
        }

        return judged >= FewestWords && odd >= 0.15 * judged && odd >= 3;
    }

    /// <summary>Null for what is no word of Latin letters: numbers, codes, other scripts.</summary>
    internal static bool? Judge(string text)
    {
        var letters = text.Trim('.', ',', ':', ';', '(', ')', '"', '\'', '?', '!', '*', '/').ToLowerInvariant();
        if (letters.Length < ShortestWord || letters.Any(letter => letter is < 'a' or > 'z'))
        {
            return null;
        }

        var common = 0;
        for (var index = 1; index < letters.Length; index++)
        {
            common += Followers[letters[index - 1] - 'a'].Contains(letters[index], StringComparison.Ordinal) ? 1 : 0;
        }

        return common >= 0.66 * (letters.Length - 1);
    }
}
