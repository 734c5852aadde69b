using DocPipeline.Ingest;
using DocPipeline.Reconcile;
using DocPipeline.Review;
using DocPipeline.Store;
using DocPipeline.Workflow;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace DocPipeline.Functions;

/// <summary>Compares submissions that stand still with what the engine says of their workflows, and does what is safe to do. Every remedy may be repeated.</summary>
public sealed class Reconciler(
    OpenSubmissions submissions, PendingDecisions decisions, IEnumerable<IObjectBucket> buckets, ObjectIntake objects, ObjectReconcilerOptions listing, TimeProvider time,
    ShellSettings settings, ILogger<Reconciler> logger, ILogger<ObjectReconciler> objectLogger)
{
    [Function("reconcile")]
    public async Task RunAsync([TimerTrigger("%DOCPIPELINE_RECONCILE_CRON%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken stop)
    {
        foreach (var bucket in buckets)
        {
            await ListAsync(bucket, stop);
        }

        foreach (var open in await submissions.ListAsync(TimeSpan.FromMinutes(settings.StuckMinutes), stop))
        {
            var standing = (await client.GetInstanceAsync(open.Id.ToString(), stop))?.RuntimeStatus switch
            {
                null => WorkflowStanding.Missing,
                OrchestrationRuntimeStatus.Completed => WorkflowStanding.Completed,
                OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated => WorkflowStanding.Failed,
                _ => WorkflowStanding.Open,
            };
            var remedy = Reconciliation.Judge(open, standing);
            // Alerts count these: remedies as warnings, what a person has to look at as errors.
            logger.Log(remedy == Remedy.Report ? LogLevel.Error : LogLevel.Warning, "Stuck: {Submission} is {State}, its workflow {Standing}: {Remedy}", open.Id, open.State, standing, remedy);
            await ApplyAsync(remedy, open, client, stop);
        }
    }

    /// <summary>Takes in what no event told of. Its workflow begins when it is found standing still, like every other whose start was lost.</summary>
    private async Task ListAsync(IObjectBucket bucket, CancellationToken stop)
    {
        try
        {
            await new ObjectReconciler(bucket, objects, listing, time, objectLogger).ReconcileAsync(stop);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            logger.LogWarning(failure, "{Bucket} cannot be listed now", bucket.Name);
        }
    }

    private async Task ApplyAsync(Remedy remedy, OpenSubmission open, DurableTaskClient client, CancellationToken stop)
    {
        if (remedy == Remedy.Begin && await submissions.InputAsync(open.Id, stop) is { } input)
        {
            await client.BeginAsync(input, stop);
        }
        else if (remedy == Remedy.Deliver && await decisions.FindAsync(open.Id, stop) is { } decision)
        {
            await client.RaiseAsync(open.Id, decision, stop);
        }
        else if (remedy == Remedy.Bury)
        {
            var failure = new ActivityFailure(FailureKind.Bug, "orchestration_failed", "The orchestration has ended without telling the submission; its history says why.", Detail: null);
            await submissions.MarkDeadAsync(open.Id, new DeadLetter(Step: null, StepNumber: null, Attempts: 0, failure), stop);
        }
    }
}
