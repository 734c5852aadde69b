using Npgsql;

namespace DocPipeline.Workflow;

/// <summary>Starts workflows and raises events, from outside of workflows.</summary>
public interface IWorkflowClient
{
    /// <summary>
    /// Starts a workflow under an id of the caller's. Where the engine keeps its instances in the same database the start commits with
    /// <paramref name="transaction"/>; elsewhere it happens after the commit and the reconciler repeats what was lost. An id that exists already is left alone.
    /// </summary>
    /// <returns>False if the id existed already.</returns>
    Task<bool> StartAsync<TIn, TOut>(WorkflowName<TIn, TOut> workflow, string instanceId, TIn input, NpgsqlTransaction transaction, CancellationToken cancellationToken);

    /// <summary>Raises an event, at most once for each <paramref name="deduplicationKey"/>. An event for an instance that has ended is dropped.</summary>
    Task RaiseEventAsync<T>(string instanceId, EventName<T> name, string deduplicationKey, T payload, NpgsqlTransaction transaction, CancellationToken cancellationToken);
}
