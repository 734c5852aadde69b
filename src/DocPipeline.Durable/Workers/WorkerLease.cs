using DocPipeline.Durable.Postgres;
using Microsoft.Extensions.Logging;
using static DocPipeline.Durable.Postgres.Database;

namespace DocPipeline.Durable.Workers;

/// <summary>
/// One heartbeat for all instances of this process. If the database has not confirmed the lease in time on the monotonic
/// clock, everything stops before others may take over, and the process begins again under a new id.
/// </summary>
internal sealed partial class WorkerLease(Database database, DurableBuilder registry, DurableOptions options, EngineState state, ILogger log)
{
    private volatile WorkerSession? _current;
    private long _confirmed;

    /// <summary>Null while the process has no confirmed identity.</summary>
    public WorkerSession? Current => _current;

    public async Task RunAsync(CancellationToken stopping)
    {
        Guid? former = null;
        while (!stopping.IsCancellationRequested)
        {
            var session = new WorkerSession();
            await database.PersistAsync(() => RegisterAsync(session.Id, former, stopping), Timeout.InfiniteTimeSpan, stopping);
            _current = session;
            state.Work.Set();
            LogRegistered(log, session.Id);
            try
            {
                using var both = CancellationTokenSource.CreateLinkedTokenSource(stopping);
                var first = await Task.WhenAny(BeatAsync(session, both.Token), WatchAsync(both.Token));
                await both.CancelAsync();
                await first;
                LogLost(log, session.Id);
            }
            finally
            {
                _current = null;
                // Not waited for: an activity that is slow to hear of it must not keep the process from its next identity.
                _ = session.DisposeAsync().AsTask();
            }

            former = session.Id;
        }
    }

    private async Task<bool> RegisterAsync(Guid id, Guid? former, CancellationToken cancellationToken)
    {
        Interlocked.Exchange(ref _confirmed, options.Time.GetTimestamp());
        string[] workflows = [.. registry.Workflows.Select(workflow => $"{workflow.Name}@{workflow.Version}")];
        await database.AskAsync(
            () => ExecuteAsync(
                database.Command(
                    "Workers/register.sql", Of(id), Of(former, NpgsqlTypes.NpgsqlDbType.Uuid), Of(workflows), Of(Environment.MachineName),
                    Of(options.Lease.TotalSeconds))),
            options.Patience,
            cancellationToken);
        return true;
    }

    // Ends when the database says that the lease has expired.
    private async Task BeatAsync(WorkerSession session, CancellationToken cancellationToken)
    {
        var pause = options.Lease / 3;
        while (true)
        {
            await Task.Delay(pause, options.Time, cancellationToken);
            // The lease counts from before the question: the reply may have been under way for long.
            var asked = options.Time.GetTimestamp();
            try
            {
                var renewed = await database.AskAsync(
                    () => ExecuteAsync(database.Command("Workers/heartbeat.sql", Of(session.Id), Of(options.Lease.TotalSeconds))), options.Patience, cancellationToken);
                if (renewed == 0)
                {
                    return;
                }

                Interlocked.Exchange(ref _confirmed, asked);
                pause = options.Lease / 3;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && IsOutage(exception))
            {
                LogMissed(log, session.Id, exception.GetType().Name);
                pause = options.Lease / 15;
            }
        }
    }

    // Ends when the lease can no longer be trusted.
    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (options.SelfFence - options.Time.GetElapsedTime(Interlocked.Read(ref _confirmed)) is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left, options.Time, cancellationToken);
        }
    }

    [LoggerMessage(40, LogLevel.Information, "Worker {WorkerId} registered.")]
    private static partial void LogRegistered(ILogger log, Guid workerId);

    [LoggerMessage(41, LogLevel.Warning, "Worker {WorkerId} missed a heartbeat ({Kind}).")]
    private static partial void LogMissed(ILogger log, Guid workerId, string kind);

    [LoggerMessage(42, LogLevel.Error, "Worker {WorkerId} lost its lease: everything it ran is stopped, and it continues under a new id.")]
    private static partial void LogLost(ILogger log, Guid workerId);
}
