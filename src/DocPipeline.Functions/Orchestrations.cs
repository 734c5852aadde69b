using DocPipeline.Documents;
using DocPipeline.Ingest;
using DocPipeline.Review;
using DocPipeline.Store;
using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace DocPipeline.Functions;

/// <summary>The document pipeline as an orchestration. Its instance id is the submission id.</summary>
public static class Orchestrations
{
    /// <summary>The version 1. A version 2 with another order of steps is another function beside this one, until the open instances of this one have ended.</summary>
    [Function("document-pipeline")]
    public static async Task<SubmissionOutcome> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, Submission submission)
    {
        var port = new OrchestrationPort(context);
        try
        {
            return await new DocumentPipeline().RunAsync(port, submission);
        }
        catch (Exception exception)
        {
            // The submission dies before its workflow; where this fails, too, the reconciler finds the failed instance.
            await port.CallAsync(MarkDead.Name, new Death(submission.Id, port.LetterOf(exception)));
            throw;
        }
    }

    /// <summary>Begins the workflow of a submission; one that is there already is left alone, unless it has failed.</summary>
    internal static async Task BeginAsync(this DurableTaskClient client, Submission submission, CancellationToken cancellationToken)
    {
        var id = submission.Id.ToString();
        // Explicit: without these a completed instance of the same id is silently run again. Failed is missing on purpose: a replay of a dead letter begins anew.
        var options = new StartOrchestrationOptions(InstanceId: id).WithDedupeStatuses(
            OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended, OrchestrationRuntimeStatus.Completed);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(DocumentPipeline.Name.Name, submission, options, cancellationToken);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // What we wanted is there.
        }
        catch (RpcException)
        {
            // Older clients say it this way; but so they say everything else.
            if (await client.GetInstanceAsync(id, cancellationToken) is null)
            {
                throw;
            }
        }
    }

    /// <summary>Raises the event of a decision that is written down. A lost one is raised again by the reconciler.</summary>
    internal static async Task RaiseAsync(this DurableTaskClient client, SubmissionId submission, ReviewDecision decision, CancellationToken cancellationToken)
    {
        try
        {
            await client.RaiseEventAsync(submission.ToString(), ReviewDecision.Event.Name, decision, cancellationToken);
        }
        catch (RpcException lost) when (lost.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition)
        {
            // No instance waits, perhaps not yet.
        }
    }
}
