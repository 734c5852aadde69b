using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DocPipeline.Server.Api;
using DocPipeline.Server.Api.Rows;
using DocPipeline.Server.Hosting;
using Npgsql;

namespace DocPipeline.Server.Export;

/// <summary>All rows of a collection as a file. They go from the database to the output one at a time: memory does not grow with their number.</summary>
internal sealed class RowExport(NpgsqlDataSource database)
{
    public const string Csv = "csv";
    public const string JsonLines = "jsonl";
    public const string Xlsx = "xlsx";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Media type by format.</summary>
    public static IReadOnlyDictionary<string, string> Formats { get; } = new Dictionary<string, string>
    {
        [Csv] = "text/csv",
        [JsonLines] = "application/jsonl",
        [Xlsx] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };

    /// <summary>Writes the rows and returns how many. The output stays open.</summary>
    /// <param name="output">For a workbook one that may be written synchronously, such as a file.</param>
    public async Task<int> WriteAsync(ListRequest request, string format, Stream output, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Whoever takes everything out may be slow, and the statement lasts as long as he reads.
        await using var patience = new NpgsqlCommand("SET LOCAL statement_timeout = 0", connection, transaction);
        await patience.ExecuteNonQueryAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Databases.Sql[request.Collection.Sql], connection, transaction) { CommandTimeout = 0 };
        request.AddTo(command.Parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return format switch
        {
            Csv => await WriteCsvAsync(request, reader, output, cancellationToken),
            JsonLines => await WriteJsonLinesAsync(request, reader, output, cancellationToken),
            Xlsx => await WriteXlsxAsync(request, reader, output, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format."),
        };
    }

    // RFC 4180, with a line of headings.
    private static async Task<int> WriteCsvAsync(ListRequest request, NpgsqlDataReader reader, Stream output, CancellationToken cancellationToken)
    {
        await using var text = new StreamWriter(output, Utf8, bufferSize: 64 * 1024, leaveOpen: true);
        await text.WriteLineAsync(string.Join(',', request.Columns.Select(column => column.Name)));
        var ordinals = RowJson.Ordinals(reader, request.Columns);
        var rows = 0;
        for (; await reader.ReadAsync(cancellationToken); rows++)
        {
            for (var i = 0; i < ordinals.Count; i++)
            {
                await text.WriteAsync(i == 0 ? "" : ",");
                await text.WriteAsync(reader.IsDBNull(ordinals[i]) ? "" : Cell(reader, request.Columns[i].Type, ordinals[i]));
            }

            await text.WriteLineAsync();
        }

        return rows;
    }

    private static async Task<int> WriteJsonLinesAsync(ListRequest request, NpgsqlDataReader reader, Stream output, CancellationToken cancellationToken)
    {
        await using var json = new Utf8JsonWriter(Stream.Null, RowJson.Options);
        var line = new ArrayBufferWriter<byte>(4096);
        var ordinals = RowJson.Ordinals(reader, request.Columns);
        var rows = 0;
        for (; await reader.ReadAsync(cancellationToken); rows++)
        {
            line.ResetWrittenCount();
            json.Reset(line);
            RowJson.Write(json, reader, request.Columns, ordinals);
            await json.FlushAsync(cancellationToken);
            line.Write("\n"u8);
            await output.WriteAsync(line.WrittenMemory, cancellationToken);
        }

        return rows;
    }

    private static async Task<int> WriteXlsxAsync(ListRequest request, NpgsqlDataReader reader, Stream output, CancellationToken cancellationToken)
    {
        var ordinals = RowJson.Ordinals(reader, request.Columns);
        using var workbook = new XlsxWriter(output, request.Collection.Name, [.. request.Columns.Select(column => column.Name)]);
        var rows = 0;
        for (; await reader.ReadAsync(cancellationToken); rows++)
        {
            workbook.BeginRow();
            for (var i = 0; i < ordinals.Count; i++)
            {
                if (!reader.IsDBNull(ordinals[i]))
                {
                    Add(workbook, i, reader, request.Columns[i].Type, ordinals[i]);
                }
            }

            workbook.EndRow();
        }

        return rows;
    }

    private static void Add(XlsxWriter workbook, int column, NpgsqlDataReader reader, ColumnType type, int ordinal)
    {
        switch (type)
        {
            case ColumnType.Amount:
                workbook.Add(column, reader.GetDecimal(ordinal));
                break;
            case ColumnType.Whole:
                workbook.Add(column, reader.GetInt64(ordinal));
                break;
            case ColumnType.Fraction:
                workbook.Add(column, (decimal)reader.GetDouble(ordinal));
                break;
            case ColumnType.Date:
                workbook.Add(column, reader.GetFieldValue<DateOnly>(ordinal));
                break;
            case ColumnType.Time:
                workbook.Add(column, reader.GetDateTime(ordinal));
                break;
            default:
                workbook.Add(column, Text(reader, type, ordinal));
                break;
        }
    }

    private static string Cell(NpgsqlDataReader reader, ColumnType type, int ordinal) => type switch
    {
        ColumnType.Amount => reader.GetDecimal(ordinal).ToString(CultureInfo.InvariantCulture),
        ColumnType.Whole => reader.GetInt64(ordinal).ToString(CultureInfo.InvariantCulture),
        ColumnType.Fraction => reader.GetDouble(ordinal).ToString(CultureInfo.InvariantCulture),
        _ => CsvText.Of(Text(reader, type, ordinal)),
    };

    private static string Text(NpgsqlDataReader reader, ColumnType type, int ordinal) => type switch
    {
        ColumnType.Text or ColumnType.JsonObject or ColumnType.JsonList or ColumnType.TextList => reader.GetString(ordinal),
        ColumnType.Date => ParameterValue.Format(reader.GetFieldValue<DateOnly>(ordinal)),
        ColumnType.WholeList => string.Join(' ', reader.GetFieldValue<int[]>(ordinal)),
        _ => ParameterValue.Format(reader.GetValue(ordinal)),
    };
}
