using System.Data.Common;
using System.Globalization;
using System.Text;
using DocPipeline.Server.Hosting;
using Npgsql;

namespace DocPipeline.Server.Export;

/// <summary>Writes claims out of the database, one at a time: memory does not grow with their number.</summary>
internal static class ClaimExport
{
    /// <summary>One JSON object a line: the claim's columns and, under <c>fields</c>, every value with the place where it stands.</summary>
    public static async Task<int> WriteJsonLinesAsync(NpgsqlDataSource database, IReadOnlyList<string> states, TextWriter output, CancellationToken cancellationToken)
    {
        await using var command = Command(database, "Export/claims.sql", states);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var claims = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            await output.WriteLineAsync(reader.GetString(0));
            claims++;
        }

        return claims;
    }

    /// <summary>The columns of <c>claims_v1</c> with a line of headings (RFC 4180).</summary>
    public static async Task<int> WriteCsvAsync(NpgsqlDataSource database, IReadOnlyList<string> states, TextWriter output, CancellationToken cancellationToken)
    {
        await using var command = Command(database, "Export/claim_columns.sql", states);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await output.WriteLineAsync(string.Join(',', (await reader.GetColumnSchemaAsync(cancellationToken)).Select(column => column.ColumnName)));
        var claims = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            await output.WriteLineAsync(string.Join(',', Enumerable.Range(0, reader.FieldCount).Select(column => Cell(reader, column))));
            claims++;
        }

        return claims;
    }

    private static NpgsqlCommand Command(NpgsqlDataSource database, string name, IReadOnlyList<string> states)
    {
        var command = database.CreateCommand(Databases.Sql[name]);
        command.Parameters.Add(new() { Value = states.ToArray() });
        command.CommandTimeout = 0;
        return command;
    }

    private static string Cell(DbDataReader reader, int column) => reader.IsDBNull(column) ? "" : reader.GetValue(column) switch
    {
        string text => CsvText.Of(text),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time when reader.GetDataTypeName(column) == "date" => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        var other => CsvText.Of(other.ToString() ?? ""),
    };
}

/// <summary>Text of a document in a cell.</summary>
internal static class CsvText
{
    /// <summary>Quoted where needed. A cell that a spreadsheet would run as a formula gets an apostrophe in front: the text came from a stranger.</summary>
    public static string Of(string text)
    {
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : new StringBuilder(safe).Replace("\"", "\"\"").Insert(0, '"').Append('"').ToString();
    }
}
