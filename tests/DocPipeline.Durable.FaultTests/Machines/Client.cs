using DocPipeline.Durable.FaultTests.RoundTrips;
using DocPipeline.Durable.FaultWorker.Scripts;
using DocPipeline.Durable.Operating;
using DocPipeline.Testing.Wire;
using DocPipeline.Workflow;
using Npgsql;

namespace DocPipeline.Durable.FaultTests.Machines;

/// <summary>Starts, raises and operates as other processes do: what got no answer is repeated until it has one.</summary>
internal sealed class Client : IAsyncDisposable
{
    private static readonly DurableClient Engine = new(DurableOptions.DefaultJson);

    private readonly NpgsqlDataSource _database;
    private readonly PostgresProxy? _proxy;

    public Client(string connectionString, FaultPlan? plan)
    {
        _proxy = plan is null ? null : new(connectionString, plan, KnownRoundTrips.Names);
        _database = DurableSchema.Connect(new NpgsqlConnectionStringBuilder(_proxy?.Through(connectionString) ?? connectionString) { ApplicationName = "client" }.ConnectionString);
        Operator = new(_database, Hooks.With(new()));
    }

    public DurableOperator Operator { get; }

    /// <summary>Starts it, with its early events in the same transaction.</summary>
    public Task StartAsync(Case instance) => InTransactionAsync(async transaction =>
    {
        await Engine.StartAsync(Script.Name, instance.Id, instance.Script, transaction, CancellationToken.None);
        foreach (var wait in instance.Script.OfType<Wait>().Where(wait => wait.Comes == Arrival.Early))
        {
            for (var time = 0; time < instance.TimesRaised; time++)
            {
                await RaiseAsync(transaction, instance.Id, wait.Event);
            }
        }
    });

    public Task RaiseAsync(string instanceId, string name) => InTransactionAsync(transaction => RaiseAsync(transaction, instanceId, name));

    /// <summary>Repeats a question until it is answered.</summary>
    public static async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> question)
    {
        while (true)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            try
            {
                return await question(patience.Token);
            }
            catch (NpgsqlException exception) when (Postgres.Database.IsOutage(exception))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), CancellationToken.None);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }
    }

    private static Task RaiseAsync(NpgsqlTransaction transaction, string instanceId, string name) =>
        Engine.RaiseEventAsync(instanceId, new EventName<string>(name), deduplicationKey: name, payload: name, transaction, CancellationToken.None);

    private Task InTransactionAsync(Func<NpgsqlTransaction, Task> work) => AskAsync(async token =>
    {
        await using var connection = await _database.OpenConnectionAsync(token);
        await using var transaction = await connection.BeginTransactionAsync(token);
        await work(transaction);
        await transaction.CommitAsync(token);
        return true;
    });
}
