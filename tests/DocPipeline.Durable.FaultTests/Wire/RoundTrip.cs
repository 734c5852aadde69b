using System.Collections.Frozen;

namespace DocPipeline.Durable.FaultTests.Wire;

/// <summary>Names what goes over the wire between two answers of the server, by the SQL files of the engine.</summary>
internal static class RoundTrip
{
    public const string Connect = "connect";

    private static readonly FrozenDictionary<string, string> Files =
        DurableSchema.Sql.Below("Sql/").ToFrozenDictionary(file => DurableSchema.Sql[file], file => file["Sql/".Length..], StringComparer.Ordinal);

    /// <summary>Every statement of the engine.</summary>
    public static IEnumerable<string> AllFiles => Files.Values.Order(StringComparer.Ordinal);

    public static bool IsFile(string name) => name.EndsWith(".sql", StringComparison.Ordinal);

    /// <summary>The file that holds the statement; otherwise its first words.</summary>
    public static string NameOf(string sql) =>
        Files.GetValueOrDefault(sql) ?? string.Join(' ', sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(3)).ToUpperInvariant();
}
