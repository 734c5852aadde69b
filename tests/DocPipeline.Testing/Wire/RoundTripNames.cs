using System.Collections.Frozen;

namespace DocPipeline.Testing.Wire;

/// <summary>Names what goes over the wire between two answers of the server, by the files that its statements are kept in.</summary>
/// <param name="statements">Every statement with its name; of two names for one statement the first counts.</param>
/// <param name="depth">In a transaction: how many statements make a name, the last one and those before it.</param>
public sealed class RoundTripNames(IEnumerable<(string Sql, string File)> statements, int depth = 1)
{
    public const string Connect = "connect";

    private readonly FrozenDictionary<string, string> _files =
        statements.DistinctBy(statement => statement.Sql).ToFrozenDictionary(statement => statement.Sql, statement => statement.File, StringComparer.Ordinal);

    internal int Depth => depth;

    /// <summary>Every statement.</summary>
    public IEnumerable<string> AllFiles => _files.Values.Order(StringComparer.Ordinal);

    public static bool IsFile(string name) => name.EndsWith(".sql", StringComparison.Ordinal);

    /// <summary>The file that holds the statement; otherwise its first words.</summary>
    public string NameOf(string sql) =>
        _files.GetValueOrDefault(sql) ?? string.Join(' ', sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(3)).ToUpperInvariant();
}
