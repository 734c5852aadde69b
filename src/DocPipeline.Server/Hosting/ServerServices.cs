using DocPipeline.Azure.Blobs;
using DocPipeline.Blobs;
using DocPipeline.Durable;
using DocPipeline.Durable.Operating;
using DocPipeline.Ingest;
using DocPipeline.Pages;
using DocPipeline.Resolve;
using DocPipeline.Server.Compare;
using DocPipeline.Server.Events;
using DocPipeline.Server.Providers;
using DocPipeline.Server.Stuck;
using DocPipeline.Server.Telemetry;
using DocPipeline.Server.Webhooks;
using DocPipeline.Validate;
using DocPipeline.Workflow;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DocPipeline.Server.Hosting;

/// <summary>What the process is made of.</summary>
internal static class ServerServices
{
    public static IServiceCollection AddServer(this IServiceCollection services, ServerSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton(_ => DurableSchema.Connect(settings.RequireDatabase()))
        .AddCallLedger()
        .AddReading(settings, settings.Blobs)
        .AddDurableEngine(provider => provider.GetRequiredService<NpgsqlDataSource>(), _ => Engine.Options(settings), Pipeline.Register)
        .AddSingleton(provider => Door.Intake(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<IBlobs>(), provider.GetRequiredService<IWorkflowClient>(), settings))
        .AddSingleton(provider => new FolderBucket(
            provider.GetRequiredService<SubmissionIntake>(), Door.StandingBucket(settings), TimeProvider.System, provider.GetRequiredService<ILogger<FolderBucket>>()))
        .AddHostedService<WatchBucket>()
        .AddBuckets(settings)
        .AddSingleton(provider => new StuckFinder(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<IWorkflowClient>(), provider.GetRequiredService<DurableOperator>(), settings.StuckAfter))
        .AddHostedService<LookForStuck>()
        .AddHostedService<CompareReadings>()
        .AddWebhooks(settings)
        .AddSingleton<Readiness>()
        .AddSingleton<OtlpExport>()
        .AddSingleton<PipelineMetrics>()
        .AddHostedService<TakeFigures>();

    /// <summary>Everything that turns a file into a claim; needs no database.</summary>
    /// <param name="blobs">Where originals and what is read from them are kept.</param>
    public static IServiceCollection AddReading(this IServiceCollection services, ServerSettings settings, string blobs) => services
        .AddSingleton(TimeProvider.System)
        .AddSingleton<IBlobs>(_ => BlobPlace.Open(blobs))
        .AddProviders(settings)
        .AddPages(pages =>
        {
            pages.MaxBytes = settings.MaxFileBytes;
            pages.OcrWorkers = settings.OcrWorkers;
            pages.SecondReading = settings.SecondReading;
        })
        .AddModels(settings)
        .AddPipeline(settings.Resolve, new ValidateOptions());
}
