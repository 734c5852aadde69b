using System.Globalization;
using DocPipeline.Documents;

namespace DocPipeline.Validate;

/// <summary>Values of fields in the forms that vocabulary v1 promises, and how they compare.</summary>
internal static class FieldValues
{
    public static DateOnly? AsDate(this Field? field) =>
        field is not null && DateOnly.TryParseExact(field.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    /// <summary>The date with day and month the other way round, where that was considered and could not be excluded.</summary>
    public static string? OtherDate(this Field field)
    {
        if (field.Accepted || field.AsDate() is not { Day: <= 12 } date || date.Day == date.Month)
        {
            return null;
        }

        var swapped = $"{date.Year:0000}-{date.Day:00}-{date.Month:00}";
        return field.Alternatives.Any(candidate => candidate.Value == swapped || candidate.Readings.Contains(swapped)) ? swapped : null;
    }

    public static decimal? AsAmount(this Field? field) => field is null ? null : Amount(field.Value);

    /// <summary>Plain decimals; cells of tables may also carry a currency sign and groups of thousands.</summary>
    public static decimal? Amount(string text)
    {
        var bare = text.Trim(' ', '$', '€', '£', '₹');
        return decimal.TryParse(bare, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var amount)
            && Math.Abs(amount) < 1_000_000_000_000m
            ? amount
            : null;
    }

    /// <summary>Two decimals, for messages.</summary>
    public static string Plain(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>The name of a field or a document type as people say it: <c>date of loss</c>, <c>billing NPI</c>.</summary>
    public static string Words(string name) =>
        string.Join(' ', name.Split('_').Select(word => word is "vin" or "npi" or "id" ? word.ToUpperInvariant() : word));

    /// <summary>A value in a message: long texts are cut, the field has the whole.</summary>
    public static string Short(string value) => value.Length <= 60 ? value : $"{value.AsSpan(0, 57).TrimEnd()}...";

    /// <summary>Letters and digits only, in one case: how identifiers compare.</summary>
    public static string Key(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    /// <summary>The same name: equal words in any order, where one may have more of them or only initials.</summary>
    public static bool SameName(string a, string b)
    {
        var (first, second) = (NameParts(a), NameParts(b));
        if (first.Count == 0 || second.Count == 0)
        {
            return Key(a) == Key(b);
        }

        var (fewer, more) = first.Count <= second.Count ? (first, second) : (second, first);
        return fewer.TrueForAll(part => more.Exists(other => other == part || (part.Length == 1 && other[0] == part[0]) || (other.Length == 1 && part[0] == other[0])))
            && fewer.Exists(part => part.Length > 1 && more.Contains(part));
    }

    private static List<string> NameParts(string name) =>
        [.. name.Split((char[])[' ', ',', '.', '-', '/'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Key).Where(part => part.Length > 0)];
}
