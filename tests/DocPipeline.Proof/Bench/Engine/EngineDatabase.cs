using System.Globalization;
using DocPipeline.Durable;
using DocPipeline.Testing;
using DocPipeline.Workflow;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace DocPipeline.Proof.Bench.Engine;

/// <summary>A database with the engine's tables and nothing else, dropped at the end.</summary>
internal sealed class EngineDatabase : IAsyncDisposable
{
    private const int StartAtOnce = 200;

    private readonly TestDatabase _database;
    private readonly NpgsqlDataSource _connections;

    private EngineDatabase(TestDatabase database)
    {
        _database = database;
        _connections = DurableSchema.Connect(database.ConnectionString);
    }

    public string ConnectionString => _database.ConnectionString;

    public static async Task<EngineDatabase> CreateAsync(CancellationToken cancellationToken)
    {
        var database = await TestDatabase.CreateAsync();
        await DurableSchema.MigrateAsync(database.Owner, cancellationToken);
        return new(database);
    }

    public DurableEngine Engine() => new(_connections, NoOps.Registry(), NoOps.Options, NullLogger<DurableEngine>.Instance);

    /// <summary>Starts instances many a transaction, before there is an engine.</summary>
    public async Task StartAllAsync(WorkflowName<int, int> workflow, string prefix, int count, int steps, CancellationToken cancellationToken)
    {
        foreach (var numbers in Enumerable.Range(0, count).Chunk(StartAtOnce))
        {
            await InTransactionAsync(
                async transaction =>
                {
                    foreach (var number in numbers)
                    {
                        await new DurableClient(NoOps.Options.Json).StartAsync(workflow, $"{prefix}-{number}", steps, transaction, cancellationToken);
                    }
                },
                cancellationToken);
        }

        await ScalarAsync("ANALYZE durable.instance", cancellationToken);
    }

    public Task StartOneAsync(IWorkflowClient client, WorkflowName<int, int> workflow, string id, int steps, CancellationToken cancellationToken) =>
        InTransactionAsync(transaction => client.StartAsync(workflow, id, steps, transaction, cancellationToken), cancellationToken);

    public Task RaiseAsync(IWorkflowClient client, string id, CancellationToken cancellationToken) =>
        InTransactionAsync(transaction => client.RaiseEventAsync(id, NoOps.Go, "go", 1, transaction, cancellationToken), cancellationToken);

    /// <summary>Waits until so many instances are in a status; looking costs little and is not what is measured.</summary>
    public async Task UntilAsync(string status, int count, CancellationToken cancellationToken)
    {
        while (await ScalarAsync($"SELECT count(*) FROM durable.instance WHERE status = '{status}'", cancellationToken) < count)
        {
            if (await ScalarAsync("SELECT count(*) FROM durable.instance WHERE status IN ('dead', 'parked')", cancellationToken) > 0)
            {
                throw new InvalidOperationException("An instance is dead or parked: there is nothing to measure.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>The first value of the first row as a number; 0 if there is none.</summary>
    public async Task<double> ScalarAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = _database.Owner.CreateCommand(sql);
        return await command.ExecuteScalarAsync(cancellationToken) is { } value and not DBNull ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : 0;
    }

    public async ValueTask DisposeAsync()
    {
        await _connections.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task InTransactionAsync(Func<NpgsqlTransaction, Task> work, CancellationToken cancellationToken)
    {
        await using var connection = await _connections.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await work(transaction);
        await transaction.CommitAsync(cancellationToken);
    }
}
