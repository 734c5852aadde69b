using DocPipeline.Durable;
using DocPipeline.Durable.Operating;
using DocPipeline.Store;
using DocPipeline.Workflow;
using Npgsql;

namespace DocPipeline.Server.Hosting;

/// <summary>The engine with what ties it to submissions: a workflow that dies or comes back takes its submission along, in the same transaction.</summary>
internal static class Engine
{
    /// <param name="settings">Of this process.</param>
    /// <param name="onReplayed">What belongs to a replay; null: the submission comes back, by the operator who runs the process.</param>
    public static DurableOptions Options(ServerSettings settings, ReplayedHook? onReplayed = null) => new()
    {
        MaxActivities = settings.Workers,
        // Documents are opened in children: when the server goes down, it is hardly ever a document's fault, but a slow one may be hit again and again.
        MaxClaimsWithoutProgress = 20,
        Lease = TimeSpan.FromSeconds(settings.LeaseSeconds),
        OnDead = MarkDeadAsync,
        OnReplayed = onReplayed ?? ((transaction, instanceId, cancellationToken) =>
            DeadLetters.MarkReplayedAsync(transaction, instanceId, $"operator {Environment.UserName}", cancellationToken)),
    };

    /// <summary>The submission dies with its workflow.</summary>
    public static Task MarkDeadAsync(NpgsqlTransaction transaction, DeadInstance dead, CancellationToken cancellationToken) => DeadLetters.MarkDeadAsync(
        transaction,
        dead.InstanceId,
        new(dead.Activity, dead.FailedStep, dead.Attempts, dead.Failure ?? new(FailureKind.Bug, "workflow", dead.Reason, Detail: null)),
        cancellationToken);

    /// <summary>For an operator's commands; needs no running engine.</summary>
    public static DurableOperator Operator(NpgsqlDataSource database, ServerSettings settings) => new(database, Options(settings));
}
