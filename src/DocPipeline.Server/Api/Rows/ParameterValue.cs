using System.Globalization;
using NpgsqlTypes;

namespace DocPipeline.Server.Api.Rows;

/// <summary>Values between query strings, cursors and the database.</summary>
internal static class ParameterValue
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>The value, or null where the text is none of this type.</summary>
    public static object? Parse(ColumnType type, string text) => type switch
    {
        ColumnType.Text => text.Contains('\0', StringComparison.Ordinal) ? null : text,
        ColumnType.Uuid => Guid.TryParseExact(text, "D", out var id) ? id : null,
        ColumnType.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null,
        ColumnType.Time => Time(text),
        ColumnType.Amount => decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount) ? amount : null,
        ColumnType.Fraction => double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var fraction) ? fraction : null,
        ColumnType.Whole => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null,
        ColumnType.Boolean => text switch { "true" => true, "false" => false, _ => null },
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Nothing can be filtered by this."),
    };

    /// <summary>The text that <see cref="Parse"/> makes the same value of.</summary>
    public static string Format(object value) => value switch
    {
        DateTime time => time.ToUniversalTime().ToString(TimeFormat, CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>What a person has to write.</summary>
    public static string Shape(ColumnType type) => type switch
    {
        ColumnType.Text => "text without NUL characters",
        ColumnType.Uuid => "a UUID such as 01a1fd9a-e706-7fb1-84cb-0408f47a2a09",
        ColumnType.Date => "a date such as 2026-01-05",
        ColumnType.Time => "a time such as 2026-01-05T09:30:00Z",
        ColumnType.Amount or ColumnType.Fraction => "a number such as 3800.00",
        ColumnType.Whole => "a whole number",
        ColumnType.Boolean => "true or false",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Nothing can be filtered by this."),
    };

    public static NpgsqlDbType DbType(ColumnType type) => type switch
    {
        ColumnType.Text => NpgsqlDbType.Text,
        ColumnType.Uuid => NpgsqlDbType.Uuid,
        ColumnType.Date => NpgsqlDbType.Date,
        ColumnType.Time => NpgsqlDbType.TimestampTz,
        ColumnType.Amount => NpgsqlDbType.Numeric,
        ColumnType.Fraction => NpgsqlDbType.Double,
        ColumnType.Whole => NpgsqlDbType.Bigint,
        ColumnType.Boolean => NpgsqlDbType.Boolean,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Nothing can be filtered by this."),
    };

    // A time without an offset would mean another moment on another machine.
    private static object? Time(string text) =>
        DateTimeOffset.TryParseExact(
            text,
            ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var time) && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal))
            ? time.UtcDateTime
            : null;
}
