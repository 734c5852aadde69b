using Npgsql;

namespace DocPipeline.Durable.FaultWorker.Scripts;

/// <summary>The engine's hooks: each leaves a row in its transaction.</summary>
internal static class Hooks
{
    public static DurableOptions With(DurableOptions options) => options with
    {
        OnDead = (transaction, instance, token) => NoteAsync(transaction, instance.InstanceId, "dead", token),
        OnReplayed = (transaction, instanceId, token) => NoteAsync(transaction, instanceId, "replayed", token),
    };

    private static async Task NoteAsync(NpgsqlTransaction transaction, string instanceId, string what, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("INSERT INTO hook (instance_id, what) VALUES ($1, $2)", transaction.Connection, transaction)
        {
            Parameters = { new() { Value = instanceId }, new() { Value = what } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
