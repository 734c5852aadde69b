using System.Globalization;
using DocPipeline.Extract.Readers;

namespace DocPipeline.Server.Eval;

/// <summary>The one rule by which a value counts as right: that of the core vocabulary, v1.</summary>
internal static class SameValue
{
    public static bool Is(FieldKind kind, string expected, string found) => kind switch
    {
        FieldKind.Date => Date(expected) is { } date ? date == Date(found) : Letters(expected) == Letters(found),
        FieldKind.Amount => Amount(expected) is { } amount ? amount == Amount(found) : Letters(expected) == Letters(found),
        FieldKind.Identifier => Identifier(expected) == Identifier(found),
        FieldKind.Name => Letters(expected) == Letters(found) || Words(expected).SequenceEqual(Words(found)),
        _ => Letters(expected) == Letters(found),
    };

    /// <summary>Columns have no kind: amounts by what they are worth, dates by the day that one of the two spells in ISO, everything else by letters and digits.</summary>
    public static bool OfCell(string expected, string found) =>
        Letters(expected) == Letters(found) || (Amount(expected) is { } amount && amount == Amount(found)) || IsDay(expected, found) || IsDay(found, expected);

    private static bool IsDay(string iso, string printed) =>
        Date(iso) is { } day && DateReader.Read(printed, day.Year) is { } reading && reading.Options.Any(option => option.Date == day);

    private static DateOnly? Date(string text) =>
        DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private static decimal? Amount(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture, out var amount) ? amount : null;

    private static string Identifier(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static IEnumerable<string> Words(string text) =>
        text.Split([' ', ',', '\t', '\n', '\r', '\u00a0'], StringSplitOptions.RemoveEmptyEntries).Select(Letters).Where(word => word.Length > 0).Order(StringComparer.Ordinal);
}
