using System.Text.Json;
using DocPipeline.Workflow;
using Npgsql;
using static DocPipeline.Durable.Postgres.Database;

namespace DocPipeline.Durable;

/// <summary>Starts workflows and raises events in the caller's transaction. Needs no running engine.</summary>
/// <param name="json">The engine's <see cref="DurableOptions.Json"/>.</param>
/// <param name="changed">Told after each call, so that an engine in this process looks at once; it sees the change when the caller has committed.</param>
public sealed class DurableClient(JsonSerializerOptions json, Action? changed = null) : IWorkflowClient
{
    public async Task<bool> StartAsync<TIn, TOut>(
        WorkflowName<TIn, TOut> workflow, string instanceId, TIn input, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var start = Command(
            transaction.Connection!, "Instances/start.sql",
            Of(instanceId), Of(workflow.Name), Of(workflow.Version), Json(JsonSerializer.Serialize(input, json)));
        var isNew = await start.ExecuteNonQueryAsync(cancellationToken) == 1;
        changed?.Invoke();
        return isNew;
    }

    public async Task RaiseEventAsync<T>(
        string instanceId, EventName<T> name, string deduplicationKey, T payload, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        // Three statements, three snapshots: the second and third see what the lock has waited for.
        await using var raise = new NpgsqlBatch(transaction.Connection, transaction)
        {
            BatchCommands =
            {
                Part("Waits/lock_recipient.sql", Of(instanceId)),
                Part("Waits/raise_event.sql", Of(instanceId), Of(name.Name), Of(deduplicationKey), Json(JsonSerializer.Serialize(payload, json))),
                Part("Waits/wake_recipient.sql", Of(instanceId), Of(name.Name)),
            },
        };
        await raise.ExecuteNonQueryAsync(cancellationToken);
        changed?.Invoke();
    }

    private static NpgsqlBatchCommand Part(string file, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(Sql["Sql/" + file]);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
