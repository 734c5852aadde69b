using DocPipeline.Review;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DocPipeline.Server.Web;

/// <summary>Lets chance decide about newly accepted claims, again and again.</summary>
internal sealed partial class DrawSamples(QualitySamples samples, TimeProvider time, ILogger<DrawSamples> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var last = 0.0;
        do
        {
            try
            {
                var share = await samples.DrawAsync(stoppingToken);
                if (share > last && last > 0)
                {
                    LogGrown(logger, last, share);
                }

                last = share;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Warning, "More accepted claims may be wrong than the target allows: the share that is checked blindly grows from {Before} to {After}.")]
    private static partial void LogGrown(ILogger logger, double before, double after);

    [LoggerMessage(LogLevel.Warning, "No claims could be drawn for blind checks; tried again shortly.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
