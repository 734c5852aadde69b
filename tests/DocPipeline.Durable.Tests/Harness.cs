using System.Text.Json;
using DocPipeline.Durable.Operating;
using DocPipeline.Testing;
using DocPipeline.Workflow;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace DocPipeline.Durable.Tests;

/// <summary>A database with the schema, a ledger for effects, and any number of engines on it that work as docpipeline_worker.</summary>
public sealed class Harness : IAsyncDisposable
{
    /// <summary>Leases short enough for a test, long enough for a busy machine.</summary>
    public static readonly DurableOptions Quick = new() { Lease = TimeSpan.FromSeconds(3), MaxPoll = TimeSpan.FromMilliseconds(200) };

    private readonly TestDatabase _database;
    private readonly List<DurableEngine> _engines = [];
    private readonly List<NpgsqlDataSource> _sources = [];

    private Harness(TestDatabase database) => _database = database;

    public NpgsqlDataSource Owner => _database.Owner;

    public DurableOperator Operator => new(Owner, Quick);

    public static async Task<Harness> CreateAsync()
    {
        var database = await TestDatabase.CreateAsync();
        await DurableSchema.MigrateAsync(database.Owner);
        var harness = new Harness(database);
        await harness.ExecuteAsync(
            "CREATE TABLE ledger (id bigint GENERATED ALWAYS AS IDENTITY, instance_id text, step_no int, note text); GRANT INSERT, SELECT ON ledger TO docpipeline_worker");
        return harness;
    }

    public DurableEngine Engine(Action<DurableBuilder> register, DurableOptions? options = null)
    {
        var builder = new DurableBuilder();
        register(builder);
        var engine = new DurableEngine(Worker(), builder, options ?? Quick, NullLogger<DurableEngine>.Instance);
        _engines.Add(engine);
        _ = engine.StartAsync(CancellationToken.None);
        return engine;
    }

    public NpgsqlDataSource Worker(string application = "DocPipeline")
    {
        var settings = new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Options = "-c role=docpipeline_worker", ApplicationName = application };
        var source = DurableSchema.Connect(settings.ConnectionString);
        _sources.Add(source);
        return source;
    }

    public async Task<bool> StartAsync<TIn, TOut>(WorkflowName<TIn, TOut> workflow, string id, TIn input, IWorkflowClient? client = null)
    {
        await using var connection = await Owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var isNew = await (client ?? new DurableClient(Quick.Json)).StartAsync(workflow, id, input, transaction, CancellationToken.None);
        await transaction.CommitAsync();
        return isNew;
    }

    public async Task RaiseAsync<T>(string id, EventName<T> name, string key, T payload)
    {
        await using var connection = await Owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await new DurableClient(Quick.Json).RaiseEventAsync(id, name, key, payload, transaction, CancellationToken.None);
        await transaction.CommitAsync();
    }

    public Task<string?> StatusAsync(string id) => ScalarAsync<string>($"SELECT status FROM durable.instance WHERE instance_id = '{id}'");

    public Task UntilAsync(string id, string status) => Eventually.IsTrueAsync(
        async () => await StatusAsync(id) == status, $"instance {id} is {status}", TimeSpan.FromSeconds(20));

    public Task UntilAllAsync(string status, int count) => Eventually.IsTrueAsync(
        async () => await ScalarAsync<long>($"SELECT count(*) FROM durable.instance WHERE status = '{status}'") == count,
        $"{count} instances are {status}", TimeSpan.FromSeconds(30));

    /// <summary>Waits for the end and reads the output.</summary>
    public async Task<T> OutputAsync<T>(string id)
    {
        await Eventually.IsTrueAsync(async () => await StatusAsync(id) is "completed" or "dead" or "parked", $"instance {id} ends", TimeSpan.FromSeconds(20));
        var output = await ScalarAsync<string>($"SELECT COALESCE(output::text, 'no output: ' || reason) FROM durable.instance WHERE instance_id = '{id}'");
        Assert.Equal("completed", await StatusAsync(id) == "completed" ? "completed" : output);
        return JsonSerializer.Deserialize<T>(output!, Quick.Json)!;
    }

    /// <summary>Ends all engines and their sessions: what these counted is in the statistics then.</summary>
    public async Task CloseWorkersAsync()
    {
        foreach (var engine in _engines)
        {
            await engine.StopAsync(CancellationToken.None);
        }

        foreach (var source in _sources)
        {
            await source.DisposeAsync();
        }

        await Eventually.IsTrueAsync(
            async () => await ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'DocPipeline'") == 0,
            "no session of a worker is left");
    }

    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var command = Owner.CreateCommand(sql);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    public async Task<int> ExecuteAsync(string sql)
    {
        await using var command = Owner.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    public Task<long> LedgerAsync(string where = "true") => ScalarAsync<long>($"SELECT count(*) FROM ledger WHERE {where}");

    /// <summary>An effect that writes one line into the ledger, in the step's transaction.</summary>
    public static DatabaseEffect Note(ActivityContext context, string note) => async (transaction, cancellationToken) =>
    {
        await using var command = new NpgsqlCommand("INSERT INTO ledger (instance_id, step_no, note) VALUES ($1, $2, $3)", transaction.Connection, transaction)
        {
            Parameters = { new() { Value = context.InstanceId }, new() { Value = context.StepNumber }, new() { Value = note } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    };

    public async ValueTask DisposeAsync()
    {
        await Invariants.CheckAsync(this);
        foreach (var engine in _engines)
        {
            await engine.KillAsync();
        }

        foreach (var source in _sources)
        {
            await source.DisposeAsync();
        }

        await _database.DisposeAsync();
    }
}

/// <summary>What must hold after every test: the engine's invariants, and what the ledger of effects says.</summary>
internal static class Invariants
{
    private const string EffectsTwice =
        "SELECT 'a final step changed hands: ' || instance_id FROM ledger WHERE note <> 'free' GROUP BY instance_id, step_no, note HAVING count(*) > 1";

    public static async Task CheckAsync(Harness harness)
    {
        Assert.Null(await harness.ScalarAsync<string>(EffectsTwice));
        await using var connection = await harness.Owner.OpenConnectionAsync();
        foreach (var invariant in DurableSchema.Invariants)
        {
            var result = await invariant.CheckAsync(connection, limit: 3, CancellationToken.None);
            Assert.True(result.Broken == 0, $"{invariant.Name}: {string.Join("; ", result.Rows.Select(row => string.Join(' ', row)))}");
        }
    }
}
