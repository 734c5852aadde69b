using System.Text.Json;
using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace DocPipeline.Functions.Tests.Model;

/// <summary>A client of the model. Like the framework's it starts an id again whose status is not among those that are to be left alone.</summary>
internal sealed class HubClient(TaskHub hub) : DurableTaskClient
{
    /// <summary>Starts that are lost on their way, as after a crash between commit and call.</summary>
    public int LoseStarts { get; set; }

    /// <summary>Events that are lost on their way.</summary>
    public int LoseEvents { get; set; }

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        var id = options!.InstanceId!;
        if (LoseStarts > 0)
        {
            LoseStarts--;
            throw new RpcException(new Status(StatusCode.Unavailable, "The host is going down."));
        }

        if (!hub.Start(orchestratorName.Name, id, input))
        {
            if (options.DedupeStatuses?.Contains(StatusOf(hub.Find(id)!).ToString()) == true)
            {
                throw new OrchestrationAlreadyExistsException(id);
            }

            hub.Restart(id);
        }

        return Task.FromResult(id);
    }

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        if (LoseEvents > 0)
        {
            LoseEvents--;
            throw new RpcException(new Status(StatusCode.FailedPrecondition, "Not now."));
        }

        hub.Raise(instanceId, eventName, eventPayload);
        return Task.CompletedTask;
    }

    public override Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, CancellationToken cancellation) => Task.FromResult(
        hub.Find(instanceId) is { } instance ? new OrchestrationMetadata(instance.Name, instance.Id) { RuntimeStatus = StatusOf(instance) } : null);

    /// <summary>The output of an instance that has ended well.</summary>
    public T Output<T>(string id) => JsonSerializer.Deserialize<T>(hub.Find(id)!.End!.Output!)!;

    private static OrchestrationRuntimeStatus StatusOf(TaskHub.Instance instance) => instance.End switch
    {
        null => OrchestrationRuntimeStatus.Running,
        { Failure: null } => OrchestrationRuntimeStatus.Completed,
        _ => OrchestrationRuntimeStatus.Failed,
    };
}
