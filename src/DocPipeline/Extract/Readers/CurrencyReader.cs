using System.Buffers;
using System.Collections.Frozen;

namespace DocPipeline.Extract.Readers;

/// <summary>Currency signs and codes. A sign that several currencies share has no code: <c>$</c> alone decides nothing.</summary>
public static class CurrencyReader
{
    /// <summary>Longest first, so that <c>US$</c> wins over <c>$</c>. An empty code: a sign, but of several currencies.</summary>
    private static readonly (string Sign, string Code)[] Signs =
    [
        .. new (string Sign, string Code)[]
        {
            ("US$", "USD"), ("U.S.$", "USD"), ("USD$", "USD"), ("CA$", "CAD"), ("C$", "CAD"), ("CAD$", "CAD"), ("A$", "AUD"), ("AU$", "AUD"), ("AUD$", "AUD"), ("NZ$", "NZD"),
            ("HK$", "HKD"), ("S$", "SGD"), ("SG$", "SGD"), ("R$", "BRL"), ("MX$", "MXN"), ("NT$", "TWD"), ("€", "EUR"), ("£", "GBP"), ("₹", "INR"),
            ("Rs.", "INR"), ("Rs", "INR"), ("RS.", "INR"), ("RM", "MYR"), ("zł", "PLN"), ("Kč", "CZK"), ("₽", "RUB"), ("₩", "KRW"), ("฿", "THB"), ("₫", "VND"),
            ("₪", "ILS"), ("₺", "TRY"), ("₦", "NGN"), ("₱", "PHP"), ("₴", "UAH"), ("₵", "GHS"), ("Euro", "EUR"), ("EURO", "EUR"), ("euro", "EUR"),
            ("$", ""), ("¥", ""), ("kr", ""), ("kr.", ""), ("Fr.", ""), ("SFr.", "CHF"), ("¢", ""),
        }.Concat(Codes().Select(code => (code, code))).OrderByDescending(pair => pair.Item1.Length),
    ];

    private static readonly SearchValues<char> FirstCharacters = SearchValues.Create(string.Concat(Signs.Select(pair => pair.Sign[0]).Distinct()));

    private static readonly FrozenSet<string> IsoCodes = Codes().ToFrozenSet();

    /// <summary>The ISO code that the text is or whose sign it is, null when it is neither or the sign has several currencies.</summary>
    public static Reading? Read(string text)
    {
        var folded = TextFolding.FoldWhiteSpace(TextFolding.Cap(text)).Trim('(', ')', '[', ']', ':', ' ');
        var upper = folded.ToUpperInvariant();
        if (IsoCodes.Contains(upper))
        {
            return Reading.Certain(upper, 0.98);
        }

        foreach (var (sign, code) in Signs)
        {
            if (code.Length > 0 && (folded == sign || (folded.StartsWith(sign, StringComparison.Ordinal) && AmountReader.Read(folded)?.Currency == code)))
            {
                return Reading.Certain(code, 0.95);
            }
        }

        return AmountReader.Read(folded) is { Currency: { } currency } ? Reading.Certain(currency, 0.9) : null;
    }

    /// <summary>Every currency code and unambiguous sign printed in the line, left to right.</summary>
    public static IEnumerable<string> FindAll(string line)
    {
        line = TextFolding.Cap(line);
        for (var i = 0; i < line.Length; i++)
        {
            if (i > 0 && char.IsLetter(line[i - 1]) && char.IsLetter(line[i]))
            {
                continue;
            }

            if (FirstCharacters.Contains(line[i]) && AtStart(line.AsSpan(i), out var sign, out var code) && code.Length > 0)
            {
                i += sign.Length - 1;
                yield return code;
            }
        }
    }

    /// <summary>A sign or code at the start of the text that no letter continues.</summary>
    internal static bool AtStart(ReadOnlySpan<char> text, out string sign, out string code)
    {
        foreach (var (candidate, candidateCode) in Signs)
        {
            if (text.StartsWith(candidate, StringComparison.Ordinal)
                && (text.Length == candidate.Length || !char.IsLetter(candidate[^1]) || !char.IsLetter(text[candidate.Length])))
            {
                (sign, code) = (candidate, candidateCode);
                return true;
            }
        }

        (sign, code) = (string.Empty, string.Empty);
        return false;
    }

    /// <summary>A sign or code at the end of the text that no letter precedes.</summary>
    internal static bool AtEnd(ReadOnlySpan<char> text, out string sign, out string code)
    {
        foreach (var (candidate, candidateCode) in Signs)
        {
            if (text.EndsWith(candidate, StringComparison.Ordinal)
                && (text.Length == candidate.Length || !char.IsLetter(candidate[0]) || !char.IsLetter(text[^(candidate.Length + 1)])))
            {
                (sign, code) = (candidate, candidateCode);
                return true;
            }
        }

        (sign, code) = (string.Empty, string.Empty);
        return false;
    }

    private static string[] Codes() =>
        ("USD EUR GBP INR MYR CHF CAD AUD NZD SGD HKD JPY CNY BRL MXN ZAR SEK NOK DKK PLN CZK HUF RON BGN TRY RUB UAH ILS AED SAR QAR KWD BHD OMR EGP NGN KES GHS " +
        "THB VND IDR PHP KRW TWD PKR LKR BDT NPR ARS CLP COP PEN ISK").Split(' ');
}
