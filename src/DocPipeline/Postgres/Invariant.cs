using System.Globalization;
using Npgsql;

namespace DocPipeline.Postgres;

/// <summary>
/// Something that holds after every commit, as a statement that returns the rows that break it: ids and numbers, never what was read from a document.
/// </summary>
/// <param name="Name">Name of its file, without the ending.</param>
/// <param name="MustHold">The file's first line: what must hold, in words.</param>
/// <param name="Sql">The whole file.</param>
public sealed record Invariant(string Name, string MustHold, string Sql)
{
    private const string Folder = "Invariants/";
    private const string Ending = ".sql";

    /// <summary>All files in <c>Invariants</c>, at the root of an assembly or below <paramref name="under"/>.</summary>
    public static IReadOnlyList<Invariant> AllIn(EmbeddedText files, string under = "") =>
        [.. files.Below(under + Folder).Select(path => new Invariant(path[(under.Length + Folder.Length)..^Ending.Length], FirstLine(files[path]), files[path]))];

    /// <summary>Asks the database. One statement, so one moment: what others commit meanwhile breaks nothing.</summary>
    /// <param name="connection">With the rights of a worker at least.</param>
    /// <param name="limit">How many of the broken rows to read; all of them are counted.</param>
    public async Task<InvariantResult> CheckAsync(NpgsqlConnection connection, int limit, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"SELECT count(*) OVER (), broken.* FROM (\n{Sql}\n) broken LIMIT {limit.ToString(CultureInfo.InvariantCulture)}", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var count = 0L;
        var rows = new List<IReadOnlyList<KeyValuePair<string, string>>>();
        while (await reader.ReadAsync(cancellationToken))
        {
            count = reader.GetInt64(0);
            rows.Add([.. Enumerable.Range(1, reader.FieldCount - 1).Select(column => KeyValuePair.Create(reader.GetName(column), Text(reader.GetValue(column))))]);
        }

        return new(this, count, rows);
    }

    private static string FirstLine(string sql) => sql[..sql.IndexOf('\n', StringComparison.Ordinal)].TrimStart('-').Trim();

    private static string Text(object value) => value switch
    {
        DBNull => "",
        Array array => string.Join(',', array.Cast<object>()),
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}

/// <summary>What the database answered.</summary>
/// <param name="Broken">How many rows break it; 0 where it holds.</param>
/// <param name="Rows">The first of them: names and values of their columns.</param>
public sealed record InvariantResult(Invariant Invariant, long Broken, IReadOnlyList<IReadOnlyList<KeyValuePair<string, string>>> Rows);
