using System.Text.RegularExpressions;

namespace DocPipeline.Extract.Readers;

/// <summary>Reads numbers that people give to things: claims, policies, invoices, members. As printed; lower case stays.</summary>
public static partial class IdentifierReader
{
    private const int MaxLength = 40;

    /// <summary>The identifier that the text is, or starts with. It has a digit, and is not a date, an amount, a time or a telephone number.</summary>
    public static Reading? Read(string text, ReaderContext context)
    {
        var folded = TextFolding.FoldWhiteSpace(TextFolding.Cap(text)).TrimStart(':', '.', ' ', '-', '=').TrimEnd(':', ';', ',', '.', ' ');
        if (folded.Length == 0 || Placeholders.IsPlaceholder(folded))
        {
            return null;
        }

        var words = folded.Split(' ');
        var count = WordsOfId(words);
        if (count == 0)
        {
            return null;
        }

        var value = string.Join(' ', words.Take(count)).TrimEnd(',', ';', ':', '.');
        if (value.Length > MaxLength)
        {
            return null;
        }

        var whole = count == words.Length;
        return Reading.Certain(value, OtherTypes(value, context) * Shape(value, count) * (whole ? 1 : 0.75));
    }

    /// <summary>A code of capitals: such codes of groups exist, and are hardly told from a label.</summary>
    public static Reading? ReadLetters(string text)
    {
        var folded = TextFolding.FoldWhiteSpace(TextFolding.Cap(text)).TrimStart(':', '.', ' ', '-', '=').TrimEnd(':', ';', ',', '.', ' ');
        return LetterCode().IsMatch(folded) && !Placeholders.IsPlaceholder(folded) && !LabelWords.IsLabel(folded) ? Reading.Certain(folded, 0.2) : null;
    }

    /// <summary>How little the text looks like something else.</summary>
    private static double OtherTypes(string value, ReaderContext context)
    {
        if (DateReader.Read(value, context.ReferenceYear) is { } date)
        {
            // 20200907 may well be a number.
            return date.Plausibility > 0.65 ? 0.05 : 0.6;
        }

        if (AmountReader.Read(value) is { } amount && (amount.Sign is not null || (amount.HasDecimals && amount.Plausibility > 0.8)))
        {
            return 0.1;
        }

        if (TimeReader.Read(value) is { Plausibility: > 0.9 })
        {
            return 0.1;
        }

        return PhoneReader.Read(value) is { Plausibility: > 0.9 } ? 0.25 : value.EndsWith('%') ? 0.1 : 1;
    }

    private static double Shape(string value, int words)
    {
        var digits = value.Count(char.IsAsciiDigit);
        var letters = value.Count(char.IsAsciiLetter);
        var length = digits >= 4 || (digits >= 2 && digits + letters >= 5) ? 1 : digits + letters >= 3 ? 0.7 : 0.4;
        return length * (words == 1 ? 0.95 : 0.85);
    }

    /// <summary>How many words from the start make an identifier: one with a digit, and neighbours that are pieces of it.</summary>
    private static int WordsOfId(string[] words)
    {
        var count = 0;
        var hasDigit = false;
        while (count < words.Length && count < 6 && Piece().IsMatch(words[count]))
        {
            var word = words[count];
            var digit = word.AsSpan().ContainsAnyInRange('0', '9');

            // Letters alone are a piece only as a short capital prefix before the digits: GB 2024 6717, or a lone #.
            if (!digit && (word.Length > 4 || hasDigit || word.AsSpan().ContainsAnyInRange('a', 'z')))
            {
                break;
            }

            hasDigit |= digit;
            count++;
            if (word[^1] is ',' or ';')
            {
                break;
            }
        }

        return hasDigit ? count : 0;
    }

    [GeneratedRegex(@"^#?[A-Za-z0-9*]([A-Za-z0-9\-–/._#*&+:]{0,38}[A-Za-z0-9*#\-])?[,;.]?$|^#$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Piece();

    [GeneratedRegex("^[A-Z]{2,12}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex LetterCode();
}
