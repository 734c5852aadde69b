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
public sealed class Reconciler(OpenSubmissions submissions, PendingDecisions decisions, BucketListings listings, ShellSettings settings, ILogger<Reconciler> logger)
{
    [Function("reconcile")]
    public async Task RunAsync([TimerTrigger("%DOCPIPELINE_RECONCILE_CRON%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken stop)
    {
        // What no event told of is taken in; its workflow begins when it is found standing still, like every other whose start was lost.
        await listings.ReconcileAsync(stop);
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
