using System.Collections.Concurrent;
using DocPipeline.Durable.Postgres;
using DocPipeline.Durable.Running;
using DocPipeline.Durable.Writing;
using Microsoft.Extensions.Logging;
using static DocPipeline.Durable.Postgres.Database;

namespace DocPipeline.Durable.Workers;

/// <summary>Fills the instance slots of this process from the queue. Polls: fast after work or a signal, slowly when idle.</summary>
internal sealed partial class ClaimLoop(
    Database database, DurableBuilder registry, DurableOptions options, WorkerLease lease, InstanceRunner runner, EngineState state, ILogger log)
{
    private const int LargestClaim = 64;
    private static readonly TimeSpan AfterSignal = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan SlotPatience = TimeSpan.FromMilliseconds(20);

    // By epoch too: a run that does not know yet that it is over may stand beside the next one of the same instance.
    private readonly ConcurrentDictionary<(string InstanceId, long Epoch), Task> _running = [];
    private readonly string[] _names = [.. registry.Workflows.Select(workflow => workflow.Name)];
    private readonly int[] _versions = [.. registry.Workflows.Select(workflow => workflow.Version)];
    private volatile bool _isUncertain;
    private long _checked = options.Time.GetTimestamp();

    public Task WhenIdle => Task.WhenAll(_running.Values);

    public async Task RunAsync(CancellationToken stopping)
    {
        var pause = options.MinPoll;
        while (!state.IsDraining)
        {
            var limit = Math.Min(options.MaxInstances - _running.Count, LargestClaim);
            var claimed = limit > 0 && lease.Current is { } session ? await TryClaimAsync(session, limit, stopping) : 0;
            if (claimed > 0 && claimed == limit)
            {
                // There is probably more. A few free slots at a time make one claim of many instead of many of one.
                await WaitForSlotsAsync(stopping);
                pause = options.MinPoll;
                continue;
            }

            pause = claimed > 0 ? options.MinPoll : Least(pause * 2, options.MaxPoll);
            if (await state.Work.WaitAsync(Jitter(pause), options.Time, stopping))
            {
                // Whoever signalled may not have committed yet: look now, and again soon.
                pause = Least(AfterSignal, options.MinPoll);
            }
        }
    }

    private static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private async Task WaitForSlotsAsync(CancellationToken stopping)
    {
        var enough = Math.Max(1, options.MaxInstances / 2);
        while (_running.Count >= options.MaxInstances && !state.IsDraining)
        {
            await state.FreeSlot.WaitAsync(options.MaxPoll, options.Time, stopping);
        }

        var began = options.Time.GetTimestamp();
        while (options.MaxInstances - _running.Count < enough && options.Time.GetElapsedTime(began) is var waited && waited < SlotPatience && !state.IsDraining)
        {
            await state.FreeSlot.WaitAsync(SlotPatience - waited, options.Time, stopping);
        }
    }

    private async Task<int> TryClaimAsync(WorkerSession session, int limit, CancellationToken stopping)
    {
        try
        {
            using var both = CancellationTokenSource.CreateLinkedTokenSource(stopping, session.Lost);
            // Now and then without a reason, too: a claim that was given up long ago may be delivered by the network as late as it likes.
            if (_isUncertain || options.Time.GetElapsedTime(_checked) > options.Lease)
            {
                await database.AskAsync(() => ReleaseUnknownAsync(session), options.Lease, both.Token);
                _isUncertain = false;
                _checked = options.Time.GetTimestamp();
            }

            var claimed = await database.AskAsync(() => ClaimAsync(session, limit), options.Lease, both.Token);

            // Suspects take turns, and those that were at work when a worker was lost come last: each loss is then blamed on another one, or on the guilty one.
            foreach (var instance in claimed.OrderBy(instance => instance.ClaimsWithoutProgress))
            {
                Telemetry.ClaimLatency.Record(instance.Late.TotalSeconds);
                Launch(instance, session);
            }

            return claimed.Count;
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested && (exception is OperationCanceledException || IsOutage(exception)))
        {
            // The claim may have been committed all the same; the next turn gives back what nobody runs.
            _isUncertain = true;
            LogClaimFailed(log, exception.GetType().Name, exception.Message);
            return 0;
        }
    }

    private Task<int> ReleaseUnknownAsync(WorkerSession session)
    {
        (string InstanceId, long Epoch)[] known = [.. _running.Keys];
        return ExecuteAsync(database.Command(
            "Claims/release_unknown.sql", Of(session.Id), Of(Array.ConvertAll(known, run => run.InstanceId)), Of(Array.ConvertAll(known, run => run.Epoch))));
    }

    private async Task<IReadOnlyList<ClaimedInstance>> ClaimAsync(WorkerSession session, int limit)
    {
        var claimed = await ReadAsync(
            database.Command("Claims/claim.sql", Of(session.Id), Of(_names), Of(_versions), Of(limit)),
            row => new ClaimedInstance(
                row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt64(3), row.GetString(4), row.IsDBNull(5) ? null : row.GetString(5),
                row.GetFieldValue<DateTimeOffset>(6), row.GetInt32(7), TimeSpan.FromSeconds(Math.Max(0, row.GetDouble(8)))));
        string[] begun = [.. claimed.Where(instance => instance.Epoch > 1).Select(instance => instance.InstanceId)];
        if (begun.Length == 0)
        {
            return claimed; // never claimed before: nothing can be in the journal
        }

        var rows = await ReadAsync(
            database.Command("Claims/read_journal.sql", Of(begun)),
            row => (Instance: row.GetString(0), Step: new JournaledStep(
                row.GetInt32(1), row.GetString(2), row.GetString(3), row.GetFieldValue<byte[]>(4), row.GetString(5),
                row.IsDBNull(6) ? null : row.GetString(6), FailureJson.Read(row.IsDBNull(7) ? null : row.GetString(7)),
                row.GetInt32(8), row.GetFieldValue<DateTimeOffset>(9),
                row.IsDBNull(10) ? null : TimeSpan.FromSeconds(Math.Clamp(row.GetDouble(10), -1, TimeSpan.FromDays(1).TotalSeconds)))));
        var journals = rows.ToLookup(row => row.Instance, row => row.Step);
        return [.. claimed.Select(instance => instance with { Journal = journals[instance.InstanceId].ToDictionary(step => step.Number) })];
    }

    private void Launch(ClaimedInstance instance, WorkerSession session)
    {
        // Registered before it starts, so that it cannot end before it is known.
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = RunAsync(instance, session, begin.Task);
        _running[(instance.InstanceId, instance.Epoch)] = run;
        begin.SetResult();
    }

    private async Task RunAsync(ClaimedInstance instance, WorkerSession session, Task begin)
    {
        await begin;
        TimeSpan? due = null;
        try
        {
            due = await runner.RunAsync(instance, session.Lost);
        }
        catch (OperationCanceledException) when (session.Lost.IsCancellationRequested)
        {
            LogAbandoned(log, instance.InstanceId);
        }
        catch (Exception exception)
        {
            // A bug of the engine. The instance goes back to the queue and is dead after too many claims without progress.
            _isUncertain = true;
            LogUnexpected(log, exception, instance.InstanceId);
        }
        finally
        {
            _running.TryRemove((instance.InstanceId, instance.Epoch), out _);
            state.FreeSlot.Set();
        }

        if (due <= options.MaxPoll)
        {
            _ = SignalAsync(due.Value > TimeSpan.Zero ? due.Value : TimeSpan.Zero);
        }
    }

    // What this process itself put to sleep for a moment is not left to the slow poll.
    private async Task SignalAsync(TimeSpan due)
    {
        await Task.Delay(due, options.Time, CancellationToken.None);
        state.Work.Set();
    }

    [LoggerMessage(60, LogLevel.Warning, "Claiming failed ({Kind}): {Message}")]
    private static partial void LogClaimFailed(ILogger log, string kind, string message);

    [LoggerMessage(61, LogLevel.Information, "Instance {InstanceId} was abandoned with the worker's identity.")]
    private static partial void LogAbandoned(ILogger log, string instanceId);

    [LoggerMessage(62, LogLevel.Critical, "Instance {InstanceId} met a bug of the engine.")]
    private static partial void LogUnexpected(ILogger log, Exception exception, string instanceId);
}
