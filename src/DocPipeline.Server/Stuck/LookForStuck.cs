using DocPipeline.Ingest;
using DocPipeline.Server.Hosting;
using DocPipeline.Server.Telemetry;
using Microsoft.Extensions.Hosting;

namespace DocPipeline.Server.Stuck;

/// <summary>
/// Looks now and then for what stands still, mends what is safe to mend and reports the rest, once for each thing. Only what stood there at the look before
/// counts: what is on its way is left alone.
/// </summary>
internal sealed partial class LookForStuck(
    StuckFinder finder, FolderBucket bucket, PipelineMetrics metrics, ServerSettings settings, TimeProvider time, ILogger<LookForStuck> logger) : BackgroundService
{
    private HashSet<(string Kind, string Subject)> _before = [];
    private HashSet<(string Kind, string Subject)> _reported = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(settings.ReconcileSeconds), time, stoppingToken);
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // A service that throws takes the host down; the next look may succeed.
                LogFailed(logger, exception.Message);
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<StuckThing> found = [.. await finder.FindAsync(cancellationToken), .. await finder.FindFilesAsync(bucket, cancellationToken)];
        var remaining = new List<StuckThing>();
        foreach (var thing in found.Where(thing => _before.Contains(Name(thing))))
        {
            if (await RepairAsync(thing, cancellationToken))
            {
                LogRepaired(logger, thing.Kind.Name, thing.Subject, thing.Kind.What, thing.Detail);
                continue;
            }

            remaining.Add(thing);
            if (!_reported.Contains(Name(thing)))
            {
                LogStuck(logger, thing.Kind.Name, thing.Subject, thing.Kind.What, thing.Detail, thing.Kind.Advice);
            }
        }

        metrics.Publish(remaining);
        _before = [.. found.Select(Name)];
        _reported = [.. remaining.Select(Name)];
    }

    private async Task<bool> RepairAsync(StuckThing thing, CancellationToken cancellationToken)
    {
        try
        {
            return thing.Kind.RepairAsync is { } repair && await repair(thing.Subject, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotRepaired(logger, thing.Kind.Name, thing.Subject, exception.Message);
            return false;
        }
    }

    private static (string Kind, string Subject) Name(StuckThing thing) => (thing.Kind.Name, thing.Subject);

    [LoggerMessage(110, LogLevel.Warning, "Stuck, and mended: {Kind} {Subject}. {What} ({Detail})")]
    private static partial void LogRepaired(ILogger logger, string kind, string subject, string what, string detail);

    [LoggerMessage(111, LogLevel.Error, "Stuck: {Kind} {Subject}. {What} ({Detail}) {Advice}")]
    private static partial void LogStuck(ILogger logger, string kind, string subject, string what, string detail, string advice);

    [LoggerMessage(112, LogLevel.Error, "Stuck, and could not be mended: {Kind} {Subject}: {Problem}")]
    private static partial void LogNotRepaired(ILogger logger, string kind, string subject, string problem);

    [LoggerMessage(113, LogLevel.Warning, "Could not look for what is stuck: {Problem}")]
    private static partial void LogFailed(ILogger logger, string problem);
}
