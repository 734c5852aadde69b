using DocPipeline.Proof.Machines;
using Npgsql;

namespace DocPipeline.Proof.Kill;

/// <summary>All claims of a database, by the content they were read from, as JSON that is comparable between databases.</summary>
internal sealed class Snapshot
{
    private readonly Dictionary<string, string> _contents = [];

    public static async Task<Snapshot> TakeAsync(NpgsqlDataSource owner, CancellationToken cancellationToken)
    {
        var snapshot = new Snapshot();
        await using var command = owner.CreateCommand(Ended.Sql["Kill/snapshot.sql"]);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            snapshot._contents.Add(reader.GetString(0), reader.GetString(1));
        }

        return snapshot;
    }

    /// <summary>In words, one for each content that differs.</summary>
    public IEnumerable<string> DifferencesTo(Snapshot other)
    {
        foreach (var content in _contents.Keys.Union(other._contents.Keys).Order(StringComparer.Ordinal))
        {
            var (one, two) = (_contents.GetValueOrDefault(content), other._contents.GetValueOrDefault(content));
            if (one != two)
            {
                yield return $"content {content[..12]} differs:\n{Lines(one, two)}";
            }
        }
    }

    private static string Lines(string? one, string? two)
    {
        var (first, second) = ((one ?? "absent").Split('\n'), (two ?? "absent").Split('\n'));
        return string.Join('\n', first.Except(second).Take(10).Select(line => $"  in peace:  {line.Trim()}").Concat(second.Except(first).Take(10).Select(line => $"  disturbed: {line.Trim()}")));
    }
}
