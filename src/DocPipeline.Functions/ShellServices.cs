using DocPipeline.Aws;
using DocPipeline.Azure;
using DocPipeline.Azure.Blobs;
using DocPipeline.Blobs;
using DocPipeline.Ingest;
using DocPipeline.Pages;
using DocPipeline.Reconcile;
using DocPipeline.Resolve;
using DocPipeline.Review;
using DocPipeline.Validate;
using DocPipeline.Workflow;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DocPipeline.Functions;

internal static class ShellServices
{
    public static IServiceCollection AddShell(this IServiceCollection services, ShellSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton(TimeProvider.System)
        .AddSingleton(_ => NpgsqlDataSource.Create(settings.Database))
        .AddSingleton<IBlobs>(_ => BlobPlace.Open(settings.BlobPlace))
        .AddPages(pages =>
        {
            pages.MaxBytes = settings.Intake.MaxBytes;
            pages.OcrWorkers = settings.OcrWorkers;
        })
        .AddPipeline(new ResolveOptions(), new ValidateOptions())
        .AddSingleton<StepAttempts>()
        .AddSingleton<OpenSubmissions>()
        .AddSingleton(new ReviewOptions { FourEyesAbove = settings.FourEyesAbove > 0 ? settings.FourEyesAbove : null })
        .AddSingleton<IWorkflowClient, AfterCommit>()
        .AddSingleton<ReviewDesk>()
        .AddSingleton<PendingDecisions>()
        .AddObjectIntake(settings.Intake, new())
        .AddS3(settings.S3, settings.Topics)
        .AddBlobs(settings.Blobs)
        .AddSingleton(provider => new SubmissionIntake(
            provider.GetRequiredService<NpgsqlDataSource>(),
            provider.GetRequiredService<IBlobs>(),
            provider.GetRequiredService<IWorkflowClient>(),
            DocumentPipeline.Name,
            settings.Intake,
            TimeProvider.System));

    /// <summary>
    /// Instances live outside of our database: nothing starts and nothing is raised inside the transaction. The door does so after the commit, and the reconciler what was lost in between.
    /// </summary>
    private sealed class AfterCommit : IWorkflowClient
    {
        public Task<bool> StartAsync<TIn, TOut>(
            WorkflowName<TIn, TOut> workflow, string instanceId, TIn input, NpgsqlTransaction transaction, CancellationToken cancellationToken) => Task.FromResult(true);

        public Task RaiseEventAsync<T>(
            string instanceId, EventName<T> name, string deduplicationKey, T payload, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
            Task.CompletedTask;
    }
}
