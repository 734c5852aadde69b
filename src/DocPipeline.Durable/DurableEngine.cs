using DocPipeline.Durable.Postgres;
using DocPipeline.Durable.Running;
using DocPipeline.Durable.Workers;
using DocPipeline.Durable.Writing;
using DocPipeline.Workflow;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using static DocPipeline.Durable.Postgres.Database;

namespace DocPipeline.Durable;

/// <summary>
/// One worker process of the embedded engine. Any number of them share one database: each instance runs in one of them at a
/// time, and what a lost one held is taken over by the others.
/// </summary>
public sealed partial class DurableEngine : IHostedService, IAsyncDisposable
{
    private readonly DurableOptions _options;
    private readonly ILogger _log;
    private readonly EngineState _state = new();
    private readonly CancellationTokenSource _stopClaiming = new();
    private readonly CancellationTokenSource _stopAll = new();
    private readonly Database _database;
    private readonly WorkerLease _lease;
    private readonly StepWriter _stepWriter;
    private readonly InstanceWriter _instanceWriter;
    private readonly StepRunner _stepRunner;
    private readonly InstanceRunner _runner;
    private readonly ClaimLoop _claims;
    private readonly Housekeeping _housekeeping;
    private Task _claiming = Task.CompletedTask;
    private Task _services = Task.CompletedTask;
    private bool _isOver;

    /// <param name="worker">Connections of a role with <c>docpipeline_worker</c>; see <see cref="DurableSchema.Connect"/>. Not disposed by the engine.</param>
    /// <exception cref="InvalidOperationException">A setting is out of range.</exception>
    public DurableEngine(NpgsqlDataSource worker, DurableBuilder registry, DurableOptions options, ILogger<DurableEngine> log)
    {
        options.Validate();
        _options = options;
        _log = log;
        _database = new(worker, options.Time, log);
        _stepWriter = new(_database, options, log);
        _instanceWriter = new(_database, options, log);
        _stepRunner = new(registry, options, _stepWriter, _state, log);
        _lease = new(_database, registry, options, _state, log);
        _housekeeping = new(_database, options, _state, log);
        _runner = new InstanceRunner(registry, options, _stepRunner, _instanceWriter, new WaitWriter(_database, options), _state, log);
        _claims = new(_database, registry, options, _lease, _runner, _state, log);
        Client = new DurableClient(options.Json, _state.Work.Set);
    }

    /// <summary>
    /// Why the engine cannot work although the database answers: schema or rights are not what this version needs. Null if it can, or if the database is
    /// away. Nothing is lost meanwhile; for a readiness probe.
    /// </summary>
    public string? Problem => _database.Refusal;

    /// <summary>Starts and raises like any other client, and wakes this engine up.</summary>
    public IWorkflowClient Client { get; }

    /// <summary>Returns at once; the engine connects in the background and survives a database that is not there yet.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _services = Task.WhenAll(
            Supervise("heartbeat", _lease.RunAsync, _stopAll.Token),
            Supervise("step writer", _stepWriter.RunAsync, _stopAll.Token),
            Supervise("completion writer", _instanceWriter.RunAsync, _stopAll.Token),
            Supervise("housekeeping", _housekeeping.RunAsync, _stopClaiming.Token));
        _claiming = Supervise("claims", _claims.RunAsync, _stopClaiming.Token);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Stops claiming, lets running activities finish for <see cref="DurableOptions.ShutdownTimeout"/>, gives everything back
    /// to the queue and ends. <paramref name="cancellationToken"/> cuts the wait short.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_isOver)
        {
            return;
        }

        _isOver = true;
        _state.Drain();
        await _stopClaiming.CancelAsync();
        await _claiming;
        try
        {
            await _claims.WhenIdle.WaitAsync(_options.ShutdownTimeout, _options.Time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            LogCutShort(_log);
        }

        var session = _lease.Current;
        await _stopAll.CancelAsync();
        await _services;
        await _claims.WhenIdle;
        if (session is not null)
        {
            await UnregisterAsync(session.Id);
        }
    }

    /// <summary>For tests: as if the process had died. Nothing is given back, nothing is written.</summary>
    internal async Task KillAsync()
    {
        _isOver = true;
        await _stopAll.CancelAsync();
        await _stopClaiming.CancelAsync();
        await Task.WhenAll(_claiming, _services, _claims.WhenIdle);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _runner.Dispose();
        _stopClaiming.Dispose();
        _stopAll.Dispose();
    }

    private async Task UnregisterAsync(Guid workerId)
    {
        try
        {
            await _database.AskAsync(() => ExecuteAsync(_database.Command("Workers/unregister.sql", Of(workerId))), TimeSpan.FromSeconds(5), CancellationToken.None);
        }
        catch (Exception exception) when (IsOutage(exception))
        {
            LogNotReleased(_log, exception.GetType().Name); // the lease expires, and others take over
        }
    }

    // A loop ends only when it is told to. Anything else is a bug: said aloud, and begun again.
    private async Task Supervise(string name, Func<CancellationToken, Task> loop, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await Task.Run(() => loop(cancellationToken), CancellationToken.None);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogLoopFailed(_log, exception, name);
                await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(1), _options.Time, cancellationToken));
            }
        }
    }

    [LoggerMessage(70, LogLevel.Warning, "Stopping: activities still ran after the time allowed and were cancelled.")]
    private static partial void LogCutShort(ILogger log);

    [LoggerMessage(71, LogLevel.Warning, "Stopping: the database could not be told ({Kind}); the lease will expire.")]
    private static partial void LogNotReleased(ILogger log, string kind);

    [LoggerMessage(72, LogLevel.Critical, "The engine's {Loop} loop failed and begins again.")]
    private static partial void LogLoopFailed(ILogger log, Exception exception, string loop);
}
