using DocPipeline.Documents;
using DocPipeline.Pages;
using DocPipeline.Pages.Ocr;
using DocPipeline.Server.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DocPipeline.Server.Web;

/// <summary>
/// Makes the page pictures of what waits for a person before anybody opens it: nobody waits for poppler. Recognition goes first, so this is done while
/// the readers rest; what is missing is made when it is asked for.
/// </summary>
internal sealed partial class PreparePictures(NpgsqlDataSource database, PageReader pages, OcrPool readers, TimeProvider time, ILogger<PreparePictures> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Longer files are read from the front; the rest is made when somebody turns to it.</summary>
    private const int MostPages = 20;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var since = DateTimeOffset.MinValue;
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                since = await PrepareAsync(since, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<DateTimeOffset> PrepareAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var waiting = new List<(ContentHash Content, DateTimeOffset At)>();
        await using (var command = database.CreateCommand(Databases.Sql["Web/Sql/list_new_waiting.sql"]))
        {
            command.Parameters.Add(new() { Value = since == DateTimeOffset.MinValue ? DateTimeOffset.UnixEpoch : since.ToUniversalTime() });
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            while (await row.ReadAsync(cancellationToken))
            {
                waiting.Add((new ContentHash(row.GetString(0)), row.GetFieldValue<DateTimeOffset>(1)));
            }
        }

        foreach (var (content, at) in waiting)
        {
            try
            {
                var count = (await pages.OpenAsync(content, cancellationToken)).PageCount;
                for (var page = 1; page <= Math.Min(count, MostPages); page++)
                {
                    await UntilReadersRestAsync(cancellationToken);
                    await pages.PictureAsync(content, page, cancellationToken);
                }
            }
            catch (DocumentFault)
            {
                // A page that cannot be shown: the workbench says so when somebody opens it.
            }

            since = at;
        }

        return since;
    }

    private async Task UntilReadersRestAsync(CancellationToken cancellationToken)
    {
        while (!readers.IsAtRest)
        {
            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Page pictures could not be prepared; they are made when they are asked for.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
