using System.Text.Json;
using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Ingest;
using DocPipeline.Migrations;
using DocPipeline.Review;
using DocPipeline.Store;
using DocPipeline.Testing;
using DocPipeline.Workflow;
using Npgsql;

namespace DocPipeline.Tests.Store;

/// <summary>A migrated database, worked on with the rights of a worker, and a blob folder. One for each test class.</summary>
public sealed class PipelineDatabase : IAsyncLifetime
{
    private readonly string _suffix = Guid.NewGuid().ToString("N");
    private TestDatabase _database = null!;

    /// <summary>Connections of a login role that is a member of the worker role and nothing else.</summary>
    public NpgsqlDataSource Worker { get; private set; } = null!;

    /// <summary>Connections of a login role that is a member of the reader role and nothing else.</summary>
    public NpgsqlDataSource Reader { get; private set; } = null!;

    public NpgsqlDataSource Owner => _database.Owner;

    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("docpipeline-test-");

    public BlobFolder Blobs { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await PipelineSchema.MigrateAsync(Owner);
        await ExecuteAsync($"CREATE ROLE test_worker_{_suffix} LOGIN PASSWORD 'worker' IN ROLE {PipelineSchema.WorkerRole}");
        await ExecuteAsync($"CREATE ROLE test_reader_{_suffix} LOGIN PASSWORD 'reader' IN ROLE {PipelineSchema.ReaderRole}");
        await ExecuteAsync("CREATE TABLE public.started_workflow (instance_id text PRIMARY KEY, name text NOT NULL, input jsonb NOT NULL)");
        await ExecuteAsync($"GRANT SELECT, INSERT ON public.started_workflow TO {PipelineSchema.WorkerRole}");
        Worker = NpgsqlDataSource.Create(_database.ConnectionStringAs($"test_worker_{_suffix}", "worker"));
        Reader = NpgsqlDataSource.Create(_database.ConnectionStringAs($"test_reader_{_suffix}", "reader"));
        Blobs = new BlobFolder(Path.Combine(Folder.FullName, "blobs"));
    }

    public async ValueTask DisposeAsync()
    {
        await Worker.DisposeAsync();
        await Reader.DisposeAsync();
        await ExecuteAsync($"DROP ROLE test_worker_{_suffix}, test_reader_{_suffix}");
        await _database.DisposeAsync();
        Folder.Delete(recursive: true);
    }

    public SubmissionIntake Intake(IWorkflowClient? workflows = null, long maxBytes = 1_000_000) => new(
        Worker, Blobs, workflows ?? new StartedWorkflows(), new WorkflowName<Submission, SubmissionOutcome>("document", 1), new() { MaxBytes = maxBytes }, TimeProvider.System);

    /// <summary>Takes in bytes of their own under a name of their own, unless told otherwise.</summary>
    public async Task<IntakeResult> AcceptAsync(string? text = null, string? key = null, string? eventKey = null, string? version = null, SubmissionIntake? intake = null)
    {
        var unique = Guid.NewGuid().ToString("N");
        using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text ?? unique));
        return await (intake ?? Intake()).AcceptAsync(
            new("test", eventKey ?? unique, "bucket", key ?? unique + ".pdf", version), content, TestContext.Current.CancellationToken);
    }

    /// <summary>Runs an activity as the engine does: its effect in one transaction, on the worker's connection.</summary>
    public async Task<TOut> RunAsync<TIn, TOut>(IActivity<TIn, TOut> activity, TIn input, bool commit = true)
    {
        var context = new ActivityContext("test", 1, 1, "key");
        var output = await activity.RunAsync(input, context, TestContext.Current.CancellationToken);
        if (context.Effect is { } effect)
        {
            await InTransactionAsync(transaction => effect(transaction, TestContext.Current.CancellationToken), commit);
        }

        return output;
    }

    /// <summary>Who decides does so at this desk. Its events go nowhere: a test hands them on itself.</summary>
    public ReviewDesk Desk(ReviewOptions? options = null) => new(Worker, new StartedWorkflows(), options ?? new());

    /// <summary>Decides at the desk, and carries it out as the workflow does.</summary>
    public async Task<SubmissionOutcome> DecideAsync(SubmissionId id, ReviewDecision decision)
    {
        Assert.Equal(new DeskAnswer(DeskResult.Recorded), await Desk().DecideAsync(id, version: null, decision, TestContext.Current.CancellationToken));
        return await RunAsync(new RecordReview(Worker), new(id, decision));
    }

    public async Task InTransactionAsync(Func<NpgsqlTransaction, Task> effect, bool commit = true)
    {
        await using var connection = await Worker.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await effect(transaction);
        if (commit)
        {
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }
    }

    public Task ExecuteAsync(string sql, params object[] values) => ExecuteAsync(Owner, sql, values);

    public static async Task ExecuteAsync(NpgsqlDataSource role, string sql, params object[] values)
    {
        await using var command = Command(role, sql, values);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public Task<T> ScalarAsync<T>(string sql, params object[] values) => ScalarAsync<T>(Owner, sql, values);

    public static async Task<T> ScalarAsync<T>(NpgsqlDataSource role, string sql, params object[] values)
    {
        await using var command = Command(role, sql, values);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public Task<string> StateAsync(SubmissionId id) => ScalarAsync<string>("SELECT state FROM docpipeline.submission WHERE id = $1", id.Value);

    private static NpgsqlCommand Command(NpgsqlDataSource role, string sql, object[] values)
    {
        var command = role.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }

    /// <summary>Stands in for the engine: a start is a row, in the caller's transaction.</summary>
    private sealed class StartedWorkflows : IWorkflowClient
    {
        public async Task<bool> StartAsync<TIn, TOut>(
            WorkflowName<TIn, TOut> workflow, string instanceId, TIn input, NpgsqlTransaction transaction, CancellationToken cancellationToken)
        {
            await using var command = new NpgsqlCommand(
                "INSERT INTO public.started_workflow VALUES ($1, $2, $3::jsonb) ON CONFLICT DO NOTHING", transaction.Connection, transaction)
            {
                Parameters = { new() { Value = instanceId }, new() { Value = workflow.Name }, new() { Value = JsonSerializer.Serialize(input) } },
            };
            return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
        }

        public Task RaiseEventAsync<T>(
            string instanceId, EventName<T> name, string deduplicationKey, T payload, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
            Task.CompletedTask;
    }
}
