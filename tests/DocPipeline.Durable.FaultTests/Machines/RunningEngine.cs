using DocPipeline.Durable.FaultTests.RoundTrips;
using DocPipeline.Durable.FaultWorker.Scripts;
using DocPipeline.Testing.Wire;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DocPipeline.Durable.FaultTests.Machines;

/// <summary>An engine of its own connections, ledger and way to the database.</summary>
internal sealed class RunningEngine : IAsyncDisposable
{
    private readonly NpgsqlDataSource _database;
    private readonly NpgsqlDataSource _aside;
    private readonly Ledger _ledger;
    private readonly DurableEngine _engine;

    public RunningEngine(
        string worker, string aside, string ledger, DurableOptions options, FaultPlan? plan, Func<bool> isBroken, ILogger<DurableEngine> log)
    {
        Proxy = plan is null ? null : new(worker, plan, KnownRoundTrips.Names);
        _database = DurableSchema.Connect(Proxy?.Through(worker) ?? worker);
        _aside = NpgsqlDataSource.Create(aside);
        _ledger = new(ledger);
        _engine = new(_database, Activities.Register(new(), _ledger, _aside, isBroken), options, log);
        _ = _engine.StartAsync(CancellationToken.None);
    }

    public PostgresProxy? Proxy { get; }

    public Task StopAsync() => _engine.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _engine.KillAsync();
        await _engine.DisposeAsync();
        await _database.DisposeAsync();
        if (Proxy is not null)
        {
            await Proxy.DisposeAsync();
        }

        await _aside.DisposeAsync();
        _ledger.Dispose();
    }
}
