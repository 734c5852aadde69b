using System.Text.Json;
using DocPipeline.Durable.FaultWorker;
using DocPipeline.Durable.FaultWorker.Scripts;
using DocPipeline.Testing;
using DocPipeline.Testing.Wire;
using Npgsql;

namespace DocPipeline.Durable.FaultTests.Machines;

/// <summary>
/// A database, a ledger outside of it, and engines or worker processes on it. <see cref="CheckAsync"/> says what is not as it has to be.
/// </summary>
internal sealed class FaultMachine : IAsyncDisposable
{
    public static readonly DurableOptions Quick = Hooks.With(new()
    {
        Lease = TimeSpan.FromSeconds(1),
        MaxActivities = 8,
        MinPoll = TimeSpan.FromMilliseconds(5),
        MaxPoll = TimeSpan.FromMilliseconds(50),
        ShutdownTimeout = TimeSpan.FromSeconds(5),
        // Its round trip is attacked like the others.
        ShowStatusAfter = TimeSpan.Zero,
    });

    private readonly TestDatabase _database;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("docpipeline-faults-");
    private readonly BugLog _log = new();
    private readonly List<IAsyncDisposable> _things = [];
    private int _engines;

    private FaultMachine(TestDatabase database) => _database = database;

    public NpgsqlDataSource Owner => _database.Owner;

    public string ConnectionString => _database.ConnectionString;

    /// <summary>While true, workflows that await something foreign do so.</summary>
    public bool IsBroken { get; set; }

    /// <param name="server">Null: the server of the test run.</param>
    public static async Task<FaultMachine> CreateAsync(string? server = null)
    {
        var machine = new FaultMachine(await TestDatabase.CreateAsync(server));
        await DurableSchema.MigrateAsync(machine.Owner);
        await machine.ExecuteAsync(await ResourceAsync("Machines/watch.sql"));
        return machine;
    }

    public Client Client(FaultPlan? plan = null) => Keep(new Client(ConnectionString, plan));

    /// <summary>An engine in this process.</summary>
    /// <param name="plan">Faults on its way to the database; null: it has a way of its own.</param>
    /// <param name="connection">Added to its connection string.</param>
    public RunningEngine Engine(FaultPlan? plan = null, DurableOptions? options = null, string connection = "")
    {
        var worker = $"{WorkerConnection($"engine-{Interlocked.Increment(ref _engines)}")};{connection}";
        return Keep(new RunningEngine(worker, ConnectionString, _folder.FullName, options ?? Quick, plan, () => IsBroken, _log));
    }

    /// <summary>An engine in a process of its own.</summary>
    public WorkerProcess Process(Func<WorkerSettings, WorkerSettings>? change = null, PostgresProxy? proxy = null)
    {
        var worker = WorkerConnection($"process-{Interlocked.Increment(ref _engines)}");
        var settings = new WorkerSettings(proxy?.Through(worker) ?? worker, ConnectionString, _folder.FullName);
        return Keep(WorkerProcess.Start(change?.Invoke(settings) ?? settings));
    }

    public T Keep<T>(T thing)
        where T : IAsyncDisposable
    {
        _things.Add(thing);
        return thing;
    }

    public string WorkerConnection(string application) =>
        new NpgsqlConnectionStringBuilder(ConnectionString) { Options = "-c role=docpipeline_worker", ApplicationName = application }.ConnectionString;

    public Task UntilAsync(string id, string status, TimeSpan? limit = null) => UntilTrueAsync(
        $"SELECT coalesce((SELECT status = '{status}' FROM durable.instance WHERE instance_id = '{id}'), false)", $"{id} is {status}", limit);

    /// <summary>Waits until so many instances have ended well.</summary>
    public Task UntilCompletedAsync(int count, TimeSpan? limit = null) => UntilTrueAsync(
        $"SELECT count(*) = {count} FROM durable.instance WHERE status = 'completed'", $"{count} instances are completed", limit);

    /// <param name="condition">A query that answers true when it holds.</param>
    public async Task UntilTrueAsync(string condition, string description, TimeSpan? limit = null)
    {
        try
        {
            await Eventually.IsTrueAsync(async () => await FaultTests.Machines.Client.AskAsync(_ => ScalarAsync<bool>(condition)), description, limit ?? TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException late)
        {
            var stand = await ListAsync(
                """
                SELECT format('%s %s epoch %s claims %s wake %s, worker %s alive %s, last step %s', i.instance_id, i.status, i.epoch, i.claims_without_progress, i.wake_at - now(), i.worker_id, w.expires_at > now(),
                  (SELECT format('%s %s %s', s.step_no, s.name, s.status) FROM durable.step s WHERE s.instance_id = i.instance_id ORDER BY s.step_no DESC LIMIT 1)) || coalesce(' ' || i.reason, '')
                FROM durable.instance i LEFT JOIN durable.worker w USING (worker_id) WHERE i.status <> 'completed' LIMIT 10
                """);
            throw new TimeoutException($"{late.Message}\n{string.Join('\n', stand)}\n{string.Join('\n', _log.Lines.TakeLast(15))}", late);
        }
    }

    /// <summary>Everything that is not as it has to be, with all instances ended.</summary>
    /// <param name="workersMayBeLate">A worker was frozen: what it had begun it may begin once more when it thaws.</param>
    public async Task<IReadOnlyList<string>> CheckAsync(IReadOnlyCollection<Case> cases, bool workersMayBeLate = false)
    {
        List<string> violations = [.. await ListAsync(await ResourceAsync("Machines/violations.sql")), .. await BrokenInvariantsAsync(), .. _log.Bugs];
        foreach (var instance in cases)
        {
            var output = await ScalarAsync<string>($"SELECT output::text FROM durable.instance WHERE instance_id = '{instance.Id}'") ?? "null";
            var seen = JsonSerializer.Deserialize<List<string>>(output) ?? [];
            var expected = Model.Expect(instance.Script);
            if (seen.Count != expected.Count || !seen.Zip(expected).All(pair => pair.Second.Contains(pair.First)))
            {
                violations.Add($"{instance.Id} gave {output}, not [{string.Join(", ", expected.Select(ends => string.Join(" or ", ends)))}]");
            }
        }

        var steps = await ListAsync("SELECT concat_ws('|', instance_id, step_no, attempts, to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')) FROM durable.step WHERE kind = 'activity' AND status IN ('completed', 'failed')");
        return [.. violations, .. LedgerCheck.Compare(Ledger.Read(_folder.FullName), steps, workersMayBeLate)];
    }

    /// <summary>Carries copies of all completed instances from their journals to the end: no activity may run, and the output must be the same.</summary>
    public async Task<IReadOnlyList<string>> ReplayAsync()
    {
        var before = Ledger.Read(_folder.FullName).Count;
        await ExecuteAsync(await ResourceAsync("Machines/replay_copies.sql"));
        Engine();
        await UntilTrueAsync("SELECT NOT EXISTS (SELECT FROM durable.instance WHERE instance_id LIKE '%/replayed' AND status NOT IN ('completed', 'parked', 'dead'))", "all is replayed");
        var differences = await ListAsync(
            """
            SELECT format('%s gave %s, and when replayed %s %s', i.instance_id, i.output, r.status, coalesce(r.output::text, r.reason))
            FROM durable.instance i JOIN durable.instance r ON r.instance_id = i.instance_id || '/replayed' WHERE i.output IS DISTINCT FROM r.output
            """);
        var ran = Ledger.Read(_folder.FullName).Count - before;
        return ran == 0 ? differences : [.. differences, $"{ran} attempts ran while finished instances were replayed"];
    }

    public Task<T?> ScalarAsync<T>(string sql) => Owner.ScalarAsync<T>(sql);

    public Task<IReadOnlyList<string>> ListAsync(string sql) => Owner.ListAsync(sql);

    public Task ExecuteAsync(string sql) => Owner.ExecuteAsync(sql);

    public async ValueTask DisposeAsync()
    {
        foreach (var thing in _things)
        {
            await thing.DisposeAsync();
        }

        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<IReadOnlyList<string>> BrokenInvariantsAsync()
    {
        await using var connection = await Owner.OpenConnectionAsync();
        var broken = new List<string>();
        foreach (var invariant in DurableSchema.Invariants)
        {
            var result = await invariant.CheckAsync(connection, limit: 3, CancellationToken.None);
            broken.AddRange(result.Rows.Select(row => $"{invariant.Name}: {string.Join(' ', row)}"));
        }

        return broken;
    }

    private static async Task<string> ResourceAsync(string name)
    {
        using var reader = new StreamReader(typeof(FaultMachine).Assembly.GetManifestResourceStream(name)!);
        return await reader.ReadToEndAsync();
    }
}
