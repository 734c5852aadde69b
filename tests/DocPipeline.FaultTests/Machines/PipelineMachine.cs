using DocPipeline.FaultTests.RoundTrips;
using DocPipeline.Proof.Kill;
using DocPipeline.Proof.Machines;
using DocPipeline.Server.Hosting;
using DocPipeline.Testing;
using DocPipeline.Testing.Wire;
using Npgsql;

namespace DocPipeline.FaultTests.Machines;

/// <summary>A migrated database, a watched folder and a blob folder of its own, with servers and other programs that reach the database through failpoints.</summary>
internal sealed class PipelineMachine : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("docpipeline-faults-");
    private readonly List<IAsyncDisposable> _things = [];

    private PipelineMachine(TestDatabase database) => _database = database;

    public LogLines Log { get; } = new();

    public NpgsqlDataSource Owner => _database.Owner;

    public string Bucket => Directory.CreateDirectory(Path.Combine(_folder.FullName, "bucket")).FullName;

    /// <summary>Where the server keeps originals; a test may put it on another disk.</summary>
    public string Blobs { get; set; } = "";

    public static async Task<PipelineMachine> CreateAsync()
    {
        var machine = new PipelineMachine(await TestDatabase.CreateAsync());
        machine.Blobs = Path.Combine(machine._folder.FullName, "blobs");
        await Databases.MigrateAsync(machine.Owner, CancellationToken.None);
        return machine;
    }

    /// <summary>Impatient settings, and a way to the database with failpoints.</summary>
    public ServerSettings Settings(FaultPlan plan)
    {
        var worker = new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Options = "-c role=docpipeline_worker" }.ConnectionString;
        var proxy = new PostgresProxy(worker, plan, KnownRoundTrips.Names);
        _things.Add(proxy);
        return new()
        {
            Database = proxy.Through(worker),
            Bucket = Bucket,
            Blobs = Blobs,
            Workers = 4,
            OcrWorkers = 1,
            ListSeconds = 0.2,
            ReconcileSeconds = 0.25,
            StuckMinutes = 0.002,
            MaxFileMegabytes = 1,
        };
    }

    public async Task<RunningServer> ServeAsync(FaultPlan plan)
    {
        var server = await RunningServer.StartAsync(Settings(plan), Log);
        _things.Add(server);
        return server;
    }

    /// <summary>Moves a file into the watched folder, complete and old enough to be taken in at once.</summary>
    public void Drop(string name, ReadOnlySpan<byte> bytes)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(file, bytes);
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(-5));
        File.Move(file, Path.Combine(Bucket, name));
    }

    /// <summary>Where the bytes of a document lie in the blob folder.</summary>
    public async Task<string> OriginalAsync(string key)
    {
        var content = await ScalarAsync<string>($"SELECT content FROM docpipeline.submission WHERE key = '{key}'");
        return Path.Combine(Blobs, content![..2], content, "original");
    }

    public async Task<string> IdAsync(string key) => (await ScalarAsync<string>($"SELECT id::text FROM docpipeline.submission WHERE key = '{key}'"))!;

    public Task UntilStateAsync(string key, params string[] states) => UntilAsync(
        $"SELECT coalesce((SELECT state = ANY ('{{{string.Join(',', states)}}}') FROM docpipeline.submission WHERE key = '{key}'), false)", $"{key} is {string.Join(" or ", states)}");

    /// <summary>Waits for as long as documents get on: machines are shared.</summary>
    /// <param name="condition">A query that answers true when it holds.</param>
    public async Task UntilAsync(string condition, string description)
    {
        try
        {
            await Eventually.IsTrueWhileThereIsProgressAsync(
                () => ScalarAsync<bool>(condition),
                () => ScalarAsync<long>("SELECT (SELECT count(*) FROM docpipeline.audit) + (SELECT count(*) FROM docpipeline.bucket_event) + (SELECT count(*) FROM durable.step) + (SELECT sum(epoch) FROM durable.instance)"),
                description,
                TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException late)
        {
            var stand = await ListAsync("SELECT format('%s %s, workflow %s, %s', s.key, s.state, i.status, coalesce(i.reason, i.label)) FROM docpipeline.submission s LEFT JOIN durable.instance i ON i.instance_id = s.id::text");
            throw new TimeoutException($"{late.Message}\n{string.Join('\n', stand)}\n{string.Join('\n', Log.Lines.TakeLast(25))}", late);
        }
    }

    /// <summary>Breaks rows by hand, past all guards. ID is the submission's.</summary>
    public async Task BreakAsync(string key, string statements) => await ExecuteAsync(
        $"BEGIN; SET LOCAL session_replication_role = replica; {statements.Replace("ID", $"'{await IdAsync(key)}'", StringComparison.Ordinal)}; COMMIT");

    public Task<T?> ScalarAsync<T>(string sql) => Owner.ScalarAsync<T>(sql);

    public Task<IReadOnlyList<string>> ListAsync(string sql) => Owner.ListAsync(sql);

    public Task ExecuteAsync(string statement) => Owner.ExecuteAsync(statement);

    /// <summary>Everything that must hold and does not, and what the server calls its own bug.</summary>
    public async Task<IReadOnlyList<string>> ViolationsAsync() => [.. await Ended.BrokenAsync(Owner, CancellationToken.None), .. Log.Bugs];

    /// <summary>What became of every document, comparable between machines.</summary>
    public async Task<(IReadOnlyList<string> Ends, Snapshot Claims)> OutcomeAsync() => (
        await ListAsync("SELECT concat_ws(' ', key, state, reason_code, finished_at IS NOT NULL, (SELECT string_agg(r.kind, ' ' ORDER BY r.id) FROM docpipeline.review_action r WHERE r.submission_id = s.id)) FROM docpipeline.submission s ORDER BY key, id"),
        await Snapshot.TakeAsync(Owner, CancellationToken.None));

    public async ValueTask DisposeAsync()
    {
        // Servers before their way to the database.
        foreach (var thing in _things.OrderBy(thing => thing is PostgresProxy))
        {
            await thing.DisposeAsync();
        }

        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
