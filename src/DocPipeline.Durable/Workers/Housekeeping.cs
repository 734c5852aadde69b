using DocPipeline.Durable.Postgres;
using Microsoft.Extensions.Logging;
using static DocPipeline.Durable.Postgres.Database;

namespace DocPipeline.Durable.Workers;

/// <summary>What every worker does for all, for as long as it lives: takes back what dead workers held, and measures the queue.</summary>
internal sealed partial class Housekeeping(Database database, DurableOptions options, EngineState state, ILogger log)
{
    /// <summary>Looks every tenth of a lease; measures the queue every lease and forgets old workers then.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        for (var turn = 0; ; turn++)
        {
            await Task.Delay(Jitter(options.Lease / 10), options.Time, stopping);
            var taken = await database.PersistAsync(() => ExecuteAsync(database.Command("Workers/take_over.sql")), options.Silence, stopping);
            if (taken > 0)
            {
                Telemetry.TakenOver.Add(taken);
                LogTakenOver(log, taken);
                state.Work.Set();
            }

            if (turn % 10 == 0)
            {
                await database.PersistAsync(MeasureAsync, options.Silence, stopping);
            }
        }
    }

    private async Task<bool> MeasureAsync()
    {
        await ExecuteAsync(database.Command("Workers/forget.sql"));
        var age = await ReadAsync(database.Command("Workers/queue_age.sql"), row => row.IsDBNull(0) ? 0 : row.GetDouble(0));
        Telemetry.QueueAge.Record(age[0]);
        var unsupported = await ReadAsync(
            database.Command("Operator/unsupported.sql"), row => (Name: row.GetString(0), Version: row.GetInt32(1), Count: row.GetInt64(2)));
        Telemetry.Unsupported.Record(unsupported.Sum(row => row.Count));
        foreach (var (name, version, count) in unsupported)
        {
            LogUnsupported(log, count, name, version);
        }

        return true;
    }

    [LoggerMessage(50, LogLevel.Warning, "Took {Count} instances back from workers that are gone.")]
    private static partial void LogTakenOver(ILogger log, int count);

    [LoggerMessage(51, LogLevel.Error, "{Count} open instances of {Workflow} version {Version} wait, but no live worker knows that version.")]
    private static partial void LogUnsupported(ILogger log, long count, string workflow, int version);
}
