using DocPipeline.Blobs;
using DocPipeline.Ingest;
using DocPipeline.Migrations;
using DocPipeline.Workflow;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace DocPipeline.Testing.Stores;

/// <summary>A migrated database and a blob folder that objects are taken into; nobody works on them.</summary>
public sealed class IntakeMachine : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("docpipeline-intake-");

    private IntakeMachine(TestDatabase database, long maxBytes)
    {
        _database = database;
        var options = new IntakeOptions { MaxBytes = maxBytes };
        Intake = new(database.Owner, new BlobFolder(_folder.FullName), new NobodyWorks(), new WorkflowName<Submission, SubmissionOutcome>("document", 1), options, TimeProvider.System);
        Objects = new(Intake, options, NullLogger<ObjectIntake>.Instance);
    }

    public SubmissionIntake Intake { get; }

    public ObjectIntake Objects { get; }

    public NpgsqlDataSource Owner => _database.Owner;

    public static async Task<IntakeMachine> CreateAsync(long maxBytes = 1_000_000)
    {
        var database = await TestDatabase.CreateAsync();
        await PipelineSchema.MigrateAsync(database.Owner);
        return new(database, maxBytes);
    }

    public DeliveryDoor Door(params IObjectBucket[] buckets) => new(buckets, Objects, NullLogger<DeliveryDoor>.Instance);

    public ObjectReconciler Reconciler(IObjectBucket bucket) => new(bucket, Objects, new(), TimeProvider.System, NullLogger<ObjectReconciler>.Instance);

    /// <summary>Every submission as its key, state and reason.</summary>
    public async Task<IReadOnlyList<string>> SubmissionsAsync()
    {
        await using var command = Owner.CreateCommand("SELECT concat_ws(' ', key, state, reason_code) FROM docpipeline.submission ORDER BY 1");
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        Objects.Dispose();
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private sealed class NobodyWorks : IWorkflowClient
    {
        public Task<bool> StartAsync<TIn, TOut>(
            WorkflowName<TIn, TOut> workflow, string instanceId, TIn input, NpgsqlTransaction transaction, CancellationToken cancellationToken) => Task.FromResult(true);

        public Task RaiseEventAsync<T>(
            string instanceId, EventName<T> name, string deduplicationKey, T payload, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Nobody waits here.");
    }
}
