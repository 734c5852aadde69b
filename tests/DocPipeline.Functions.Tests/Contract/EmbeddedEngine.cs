using System.Text.Json;
using DocPipeline.Durable;
using DocPipeline.Durable.Operating;
using DocPipeline.Store;
using DocPipeline.Testing;
using DocPipeline.Workflow;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace DocPipeline.Functions.Tests.Contract;

public sealed class EmbeddedEngineKeepsTheContract : WorkflowContract
{
    private protected override Task<IEngine> RunAsync(Script script) => EmbeddedEngine.CreateAsync(script);
}

/// <summary>The embedded engine on real Postgres.</summary>
internal sealed class EmbeddedEngine : IEngine
{
    private static readonly DurableOptions Quick = new() { Lease = TimeSpan.FromSeconds(3), MaxPoll = TimeSpan.FromMilliseconds(200) };

    private readonly TestDatabase _database;
    private readonly NpgsqlDataSource _worker;
    private readonly Script _script;
    private DurableEngine _engine;

    private EmbeddedEngine(TestDatabase database, Script script)
    {
        (_database, _script) = (database, script);
        _worker = DurableSchema.Connect(database.ConnectionString);
        _engine = Begin();
    }

    public static async Task<IEngine> CreateAsync(Script script)
    {
        var database = await Ledger.CreateAsync();
        await DurableSchema.MigrateAsync(database.Owner);
        return new EmbeddedEngine(database, script);
    }

    public async Task<bool> StartAsync<TIn, TOut>(WorkflowName<TIn, TOut> workflow, string id, TIn input)
    {
        await using var connection = await _worker.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var isNew = await _engine.Client.StartAsync(workflow, id, input, transaction, CancellationToken.None);
        await transaction.CommitAsync();
        return isNew;
    }

    public async Task RaiseAsync<T>(string id, EventName<T> name, string key, T payload)
    {
        await using var connection = await _worker.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await _engine.Client.RaiseEventAsync(id, name, key, payload, transaction, CancellationToken.None);
        await transaction.CommitAsync();
    }

    public Task UntilWaitingAsync(string id) => Eventually.IsTrueAsync(
        async () => await ScalarAsync($"SELECT 'yes' FROM durable.instance WHERE instance_id = '{id}' AND status = 'waiting' AND waiting_for IS NOT NULL") is not null, $"{id} waits");

    public async Task LoseProcessAsync()
    {
        await _engine.KillAsync();
        _engine = Begin();
    }

    public async Task<T> OutputAsync<T>(string id)
    {
        await UntilEndAsync(id);
        var output = await ScalarAsync($"SELECT COALESCE(output::text, status || ': ' || reason) FROM durable.instance WHERE instance_id = '{id}'");
        Assert.Equal("completed", await ScalarAsync($"SELECT status FROM durable.instance WHERE instance_id = '{id}'") is "completed" ? "completed" : output);
        return JsonSerializer.Deserialize<T>(output!, Quick.Json)!;
    }

    public async Task<DeadLetter> DeathAsync(string id)
    {
        await UntilEndAsync(id);
        var dead = Assert.Single(await new DurableOperator(_database.Owner, Quick).ListDeadAsync(), dead => dead.InstanceId == id);
        return new(dead.Activity, dead.FailedStep, dead.Attempts, dead.Failure!);
    }

    public Task<long> LedgerAsync() => Ledger.CountAsync(_database);

    public async ValueTask DisposeAsync()
    {
        await _engine.KillAsync();
        await _worker.DisposeAsync();
        await _database.DisposeAsync();
    }

    private DurableEngine Begin()
    {
        var builder = new DurableBuilder();
        _script.Tell(new Parts(builder));
        var engine = new DurableEngine(_worker, builder, Quick, NullLogger<DurableEngine>.Instance);
        _ = engine.StartAsync(CancellationToken.None);
        return engine;
    }

    private Task UntilEndAsync(string id) => Eventually.IsTrueAsync(
        async () => await ScalarAsync($"SELECT status FROM durable.instance WHERE instance_id = '{id}'") is "completed" or "dead" or "parked", $"{id} ends", TimeSpan.FromMinutes(1));

    private async Task<string?> ScalarAsync(string sql)
    {
        await using var command = _database.Owner.CreateCommand(sql);
        return await command.ExecuteScalarAsync() as string;
    }

    private sealed class Parts(DurableBuilder builder) : IEngineParts
    {
        public void AddWorkflow<TIn, TOut>(WorkflowName<TIn, TOut> name, Func<IWorkflowContext, TIn, Task<TOut>> run) => builder.AddWorkflow(name, () => new InlineWorkflow<TIn, TOut>(run));

        public void AddActivity<TIn, TOut>(Activity<TIn, TOut> name, IActivity<TIn, TOut> activity) => builder.AddActivity(name, activity);
    }

    private sealed class InlineWorkflow<TIn, TOut>(Func<IWorkflowContext, TIn, Task<TOut>> run) : IWorkflow<TIn, TOut>
    {
        public Task<TOut> RunAsync(IWorkflowContext context, TIn input) => run(context, input);
    }
}
