using System.Buffers;
using System.Data;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Npgsql;

namespace DocPipeline.Server.Api.Rows;

/// <summary>Rows of a reader as JSON objects.</summary>
internal static class RowJson
{
    /// <summary>Umlauts stay readable. Safe because replies are never HTML: their type says so and browsers are told not to guess another.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void Write(Utf8JsonWriter json, NpgsqlDataReader reader, IReadOnlyList<Column> columns, IReadOnlyList<int> ordinals)
    {
        json.WriteStartObject();
        for (var i = 0; i < columns.Count; i++)
        {
            json.WritePropertyName(columns[i].Name);
            if (reader.IsDBNull(ordinals[i]))
            {
                json.WriteNullValue();
            }
            else
            {
                WriteValue(json, reader, columns[i].Type, ordinals[i]);
            }
        }

        json.WriteEndObject();
    }

    /// <summary>The reader's row as a line of JSON.</summary>
    public static string Text(NpgsqlDataReader reader, IReadOnlyList<Column> columns)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            Write(json, reader, columns, Ordinals(reader, columns));
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <summary>Where the columns stand in the reader's rows.</summary>
    public static IReadOnlyList<int> Ordinals(IDataRecord reader, IReadOnlyList<Column> columns) => [.. columns.Select(column => reader.GetOrdinal(column.Name))];

    private static void WriteValue(Utf8JsonWriter json, NpgsqlDataReader reader, ColumnType type, int ordinal)
    {
        switch (type)
        {
            case ColumnType.Text:
                json.WriteStringValue(reader.GetString(ordinal));
                break;
            case ColumnType.Uuid:
                json.WriteStringValue(reader.GetGuid(ordinal));
                break;
            case ColumnType.Date or ColumnType.Time:
                json.WriteStringValue(ParameterValue.Format(type == ColumnType.Date ? reader.GetFieldValue<DateOnly>(ordinal) : reader.GetDateTime(ordinal)));
                break;
            case ColumnType.Amount:
                // Written out: a JSON writer's own decimals lose no digits either, but 3800.00 must stay 3800.00.
                json.WriteRawValue(reader.GetDecimal(ordinal).ToString(CultureInfo.InvariantCulture), skipInputValidation: true);
                break;
            case ColumnType.Fraction:
                json.WriteNumberValue(reader.GetDouble(ordinal));
                break;
            case ColumnType.Whole:
                json.WriteNumberValue(reader.GetInt64(ordinal));
                break;
            case ColumnType.Boolean:
                json.WriteBooleanValue(reader.GetBoolean(ordinal));
                break;
            case ColumnType.WholeList:
                json.WriteStartArray();
                foreach (var number in reader.GetFieldValue<int[]>(ordinal))
                {
                    json.WriteNumberValue(number);
                }

                json.WriteEndArray();
                break;
            case ColumnType.JsonObject or ColumnType.JsonList or ColumnType.TextList:
                json.WriteRawValue(reader.GetString(ordinal), skipInputValidation: true);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "Nobody has said how this is written.");
        }
    }
}
