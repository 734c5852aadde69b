using DocPipeline.Postgres;
using DocPipeline.Server.Check;
using Npgsql;

namespace DocPipeline.Proof.Machines;

/// <summary>What must hold once every submission has ended, whatever happened on the way: what must always hold, and that nothing is left.</summary>
internal static class Ended
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static EmbeddedText Sql { get; } = new(typeof(Ended).Assembly);

    /// <summary>Every violation, in words. A submission ends a moment before its workflow does: what does not hold yet is looked at again.</summary>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(PrivateMachine machine, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var violations = await machine.ListAsync(Sql["Machines/ended.sql"], cancellationToken);
            if (violations.Count == 0 || TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                return [.. violations, .. await BrokenAsync(machine.Owner, cancellationToken)];
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>What must always hold and does not, in words.</summary>
    public static async Task<IReadOnlyList<string>> BrokenAsync(NpgsqlDataSource owner, CancellationToken cancellationToken)
    {
        await using var connection = await owner.OpenConnectionAsync(cancellationToken);
        var broken = new List<string>();
        foreach (var invariant in Invariants.All)
        {
            var result = await invariant.CheckAsync(connection, limit: 10, cancellationToken);
            broken.AddRange(result.Rows.Select(row => $"{invariant.Name}: {string.Join(' ', row.Select(column => $"{column.Key}={column.Value}"))}"));
        }

        return broken;
    }
}
