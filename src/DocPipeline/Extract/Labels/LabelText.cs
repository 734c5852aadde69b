using System.Globalization;
using System.Text;

namespace DocPipeline.Extract.Labels;

/// <summary>
/// Folds the many spellings of a label into one: case, accents, punctuation and white space go, and words that mean the same become one word.
/// <c>Policy No.:</c>, <c>POLICY #</c> and <c>PolicyNumber</c> all fold to <c>policyno</c>.
/// </summary>
internal sealed class LabelText
{
    private readonly Dictionary<string, string> _equivalents;
    private readonly (string Suffix, string Folded)[] _suffixes;

    public LabelText(IEnumerable<IReadOnlyList<string>> equivalents)
    {
        _equivalents = [];
        foreach (var group in equivalents)
        {
            // "and" says nothing: with or without it the label is the same.
            var folded = group[0] == "and" ? "" : Strip(group[0]);
            foreach (var word in group)
            {
                _equivalents[word is "#" or "&" or "/" ? word : Strip(word)] = folded;
            }
        }

        // Joined spellings: "invoicenumber" ends like "invoiceno".
        _suffixes = [("number", "no"), ("nummer", "no"), ("num", "no"), ("nr", "no")];
    }

    /// <summary>Folds a whole label.</summary>
    public string Fold(string label) => string.Concat(label.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(FoldWord));

    /// <summary>Folds one word as it stands on the page; empty where nothing of it counts.</summary>
    public string FoldWord(string word)
    {
        if (word.Length > 1 && word.IndexOf('/') is > 0)
        {
            return string.Concat(word.Split('/').Select(FoldWord));
        }

        var bare = word.Trim(':', '.', ',', '*', ';', '(', ')', '[', ']', '"', '”', '“', '·', '•', '-', '_');
        if (_equivalents.TryGetValue(bare, out var sign))
        {
            return sign;
        }

        // "Policy#" and "#:" carry the sign inside.
        var hash = bare.EndsWith('#');
        var stripped = Strip(bare);
        var folded = _equivalents.GetValueOrDefault(stripped, stripped);
        if (folded == stripped)
        {
            folded = FoldSuffix(folded);
        }

        return hash ? folded + _equivalents.GetValueOrDefault("#", "") : folded;
    }

    private string FoldSuffix(string word)
    {
        foreach (var (suffix, folded) in _suffixes)
        {
            if (word.Length > suffix.Length + 2 && word.EndsWith(suffix, StringComparison.Ordinal))
            {
                return word[..^suffix.Length] + folded;
            }
        }

        return word;
    }

    private static string Strip(string word)
    {
        var builder = new StringBuilder(word.Length);
        foreach (var character in word.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(character) && CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark)
            {
                builder.Append(char.ToLowerInvariant(character));
            }
        }

        return builder.ToString();
    }
}
