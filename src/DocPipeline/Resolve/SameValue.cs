using System.Globalization;
using DocPipeline.Documents;
using DocPipeline.Extract.Schema;

namespace DocPipeline.Resolve;

/// <summary>Whether two who read a field say the same of it. Between agreeing and contradicting there is room: a name of which one saw less.</summary>
internal static class SameValue
{
    private const int ShortestTellingWord = 3;

    public static bool Agrees(ValueKind kind, Candidate says, string value) =>
        says.Readings.Prepend(says.Value).Any(reading => Same(kind, reading, value));

    public static bool Contradicts(ValueKind kind, Candidate says, string value) => !Agrees(kind, says, value) && kind switch
    {
        ValueKind.Person or ValueKind.Organization or ValueKind.Text => !TellingWords(says.Value).Overlaps(TellingWords(value)) && !Holds(says.Value, value),
        ValueKind.Identifier or ValueKind.Code => !Holds(says.Value, value),
        _ => true,
    };

    private static bool Same(ValueKind kind, string a, string b) => kind switch
    {
        // Whether a discount is written as what is taken is a matter of taste.
        ValueKind.Amount => (Amount(a), Amount(b)) is ({ } first, { } second) && Math.Abs(first) == Math.Abs(second),
        ValueKind.Person => Words(a).SetEquals(Words(b)),
        _ => Key(a) == Key(b),
    };

    private static bool Holds(string a, string b) => Key(a).Contains(Key(b), StringComparison.Ordinal) || Key(b).Contains(Key(a), StringComparison.Ordinal);

    private static HashSet<string> TellingWords(string text) => [.. Words(text).Where(word => word.Length >= ShortestTellingWord)];

    private static HashSet<string> Words(string text) =>
        [.. text.Split((char[])[' ', ',', '.', '-', '/', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(Key).Where(word => word.Length > 0)];

    private static string Key(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static decimal? Amount(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount) ? amount : null;
}
