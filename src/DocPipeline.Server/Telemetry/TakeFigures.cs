using DocPipeline.Server.Hosting;
using DocPipeline.Server.Status;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace DocPipeline.Server.Telemetry;

/// <summary>Keeps the metrics fresh. Without a collector nobody looks at them, and the database is left in peace.</summary>
internal sealed partial class TakeFigures(NpgsqlDataSource database, OtlpExport export, PipelineMetrics metrics, ServerSettings settings, TimeProvider time, ILogger<TakeFigures> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (export.IsOn && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                metrics.Publish(await StatusSnapshot.TakeAsync(database, settings, stoppingToken));
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // A service that throws takes the host down, and documents matter more than figures about them.
                LogStale(logger, exception.Message);
            }

            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    [LoggerMessage(90, LogLevel.Warning, "The metrics are stale: {Problem}.")]
    private static partial void LogStale(ILogger logger, string problem);
}
