using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Server.Hosting;
using DocPipeline.Server.Stuck;
using Npgsql;

namespace DocPipeline.EndToEnd.Tests.Stuck;

/// <summary>Rows are broken by hand, each in the way a kind is about: that kind is found and no other, and what can be mended is whole afterwards.</summary>
public sealed class StuckFinderTests(ServerMachine machine) : IClassFixture<ServerMachine>, IAsyncDisposable
{
    private const string Review = "UPDATE docpipeline.submission SET state = 'needs_review', reason_code = 'because', reason = 'Because.', state_by = 'test' WHERE id = ID::uuid; ";
    private const string WaitForReview = Review
        + "UPDATE durable.instance SET status = 'waiting', waiting_for = 'review-decided', wake_at = now() + interval '1 day' WHERE instance_id = ID; "
        + "INSERT INTO durable.step (instance_id, step_no, round, kind, name, input_sha256, attempt_id, status, attempts, due_at, epoch) "
        + "SELECT ID, 1, 1, 'event', 'review-decided', sha256('x'), gen_random_uuid(), 'waiting', 1, wake_at, 1 FROM durable.instance WHERE instance_id = ID; ";

    private const string LiveWorker = "INSERT INTO durable.worker (worker_id, workflows, host, expires_at) VALUES (ID::uuid, '{document-pipeline@1}', 'here', now() + interval '1 hour'); ";

    // With the rights of a worker, as the server has them.
    private readonly ServerSettings _settings = new() { Database = machine.Settings["DOCPIPELINE_DATABASE"] };
    private readonly NpgsqlDataSource _worker = NpgsqlDataSource.Create(machine.Settings["DOCPIPELINE_DATABASE"]!);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _worker.DisposeAsync();

    [Theory]
    [InlineData("not_begun", "DELETE FROM durable.instance WHERE instance_id = ID", "SELECT status = 'pending' AND input = (SELECT input FROM input_before) FROM durable.instance WHERE instance_id = ID")]
    [InlineData("death_not_recorded", "UPDATE durable.instance SET status = 'dead', reason = 'It failed.', wake_at = NULL, finished_at = now() WHERE instance_id = ID", "SELECT state = 'dead' AND reason LIKE '%It failed.%' FROM docpipeline.submission WHERE id::text = ID")]
    [InlineData("wake_up_lost", WaitForReview + "INSERT INTO durable.inbox (instance_id, seq, name, dedup_key, payload) VALUES (ID, 1, 'review-decided', 'k', '{}'); UPDATE durable.instance SET inbox_seq = 1 WHERE instance_id = ID", "SELECT status = 'pending' AND wake_at <= now() FROM durable.instance WHERE instance_id = ID")]
    [InlineData(
        "decision_not_delivered",
        WaitForReview + """INSERT INTO docpipeline.review_action (submission_id, version, kind, by, decision) VALUES (ID::uuid, 2, 'approve', 'clerk', '{"decision": "approve", "by": "clerk", "at": "2026-03-01T00:00:00Z", "corrections": [{"field": "vin", "value": "V1", "page": 2, "box": {"x0": 0.1, "y0": 0.2, "x1": 0.3, "y1": 0.4}}]}')""",
        "SELECT i.status = 'pending' AND x.name = 'review-decided' AND x.payload ->> 'by' = 'clerk' AND x.payload #>> '{corrections,0,value}' = 'V1' AND x.payload #>> '{corrections,0,box,y1}' = '0.4' FROM durable.instance i JOIN durable.inbox x USING (instance_id) WHERE instance_id = ID")]
    [InlineData("lease_expired", "UPDATE durable.instance SET status = 'running', wake_at = NULL, epoch = 1, worker_id = gen_random_uuid() WHERE instance_id = ID", "SELECT status = 'pending' FROM durable.instance WHERE instance_id = ID")]
    [InlineData("lease_expired", "INSERT INTO durable.worker (worker_id, workflows, host, expires_at) VALUES (ID::uuid, '{}', 'gone', now() - interval '5 minutes'); UPDATE durable.instance SET status = 'running', wake_at = NULL, epoch = 1, worker_id = ID::uuid WHERE instance_id = ID", "SELECT status = 'pending' FROM durable.instance WHERE instance_id = ID")]
    public async Task What_can_be_mended_is_found_and_mended_once(string kind, string breaking, string mended)
    {
        var id = await HandInAsync();
        await machine.ExecuteAsync($"DROP TABLE IF EXISTS input_before; CREATE TABLE input_before AS SELECT input FROM durable.instance WHERE instance_id = '{id}'");
        await BreakAsync(id, breaking);

        var found = Assert.Single(await FindAsync(id));
        Assert.Equal(kind, found.Kind.Name);
        Assert.True(await found.Kind.RepairAsync!(found.Subject, Cancelled));

        Assert.True(await machine.QueryAsync<bool>(mended.Replace("ID", $"'{id}'", StringComparison.Ordinal)), "It is not mended.");
        Assert.Empty(await FindAsync(id));
        var rows = await RowsAsync();
        await found.Kind.RepairAsync!(found.Subject, Cancelled);
        Assert.Equal(rows, await RowsAsync());
        await ForgetAsync(id);
    }

    [Theory]
    [InlineData("review_without_workflow", Review + "DELETE FROM durable.instance WHERE instance_id = ID")]
    [InlineData("workflow_without_submission", "DELETE FROM docpipeline.submission WHERE id = ID::uuid")]
    [InlineData("end_not_recorded", "UPDATE durable.instance SET status = 'completed', output = '{\"state\": \"accepted\"}', wake_at = NULL, finished_at = now() WHERE instance_id = ID")]
    [InlineData("no_progress", LiveWorker + "UPDATE durable.instance SET status = 'running', worker_id = ID::uuid, wake_at = NULL, epoch = 1, created_at = now() - interval '1 hour' WHERE instance_id = ID")]
    [InlineData("nobody_claims", LiveWorker + "UPDATE durable.instance SET wake_at = now() - interval '1 hour' WHERE instance_id = ID")]
    [InlineData("nobody_claims", "UPDATE durable.instance SET wake_at = now() - interval '1 hour' WHERE instance_id = ID")]
    [InlineData("version_unsupported", LiveWorker + "UPDATE durable.instance SET version = 7, wake_at = now() - interval '1 hour' WHERE instance_id = ID")]
    [InlineData("parked", "UPDATE durable.instance SET status = 'parked', reason = 'Changed.', wake_at = NULL WHERE instance_id = ID")]
    [InlineData("message_unsent", "UPDATE docpipeline.outbox SET created_at = now() - interval '1 hour', delivered_at = CASE WHEN submission_id <> ID::uuid THEN now() END, position = CASE WHEN submission_id <> ID::uuid THEN id END")]
    [InlineData("webhook_fails", "INSERT INTO docpipeline.webhook_endpoint (id, url, secret, created_by, start_position, position, attempts, failures, failing_since, last_problem) VALUES (ID, 'https://example.org/', 'whsec_' || repeat('A', 44), 'test', 0, 0, 3, 3, now() - interval '1 hour', 'It answered 500.')")]
    public async Task What_needs_a_person_is_found_with_what_to_do_and_left_alone(string kind, string breaking)
    {
        await HandInAsync();
        var id = await HandInAsync();
        await BreakAsync(id, breaking);

        var found = Assert.Single(await FindAsync(id));

        Assert.Equal(kind, found.Kind.Name);
        Assert.Null(found.Kind.RepairAsync);
        Assert.EndsWith(".", found.Kind.What, StringComparison.Ordinal);
        Assert.NotEmpty(found.Kind.Advice);
        await ForgetAsync(id);
    }

    [Fact]
    public async Task Every_kind_has_a_test_and_healthy_rows_are_none_of_them()
    {
        var id = await HandInAsync();
        Assert.Empty(await FindAsync(id));

        var tested = typeof(StuckFinderTests).GetMethods().SelectMany(method => method.GetCustomAttributes(inherit: false).OfType<InlineDataAttribute>()).Select(row => (string)row.Data[0]!);
        Assert.Equal(Databases.Sql.Below("Stuck/Kinds/").Select(Path.GetFileNameWithoutExtension), tested.Distinct().Order(StringComparer.Ordinal));
        await ForgetAsync(id);
    }

    private async Task<string> HandInAsync()
    {
        var name = $"{Guid.NewGuid():N}.txt";
        var path = Path.Combine(machine.Folder.FullName, name);
        await File.WriteAllTextAsync(path, $"Claim Number: {name}", Cancelled);
        var run = await machine.RunAsync("ingest", path);
        Assert.True(run.ExitCode == 0, run.Errors);
        return await machine.QueryAsync<string>($"SELECT submission_id::text FROM docpipeline.submissions_v1 WHERE key = '{name}'");
    }

    private Task BreakAsync(string id, string statements) => machine.ExecuteAsync(
        $"BEGIN; SET LOCAL session_replication_role = replica; {statements.Replace("ID", $"'{id}'", StringComparison.Ordinal)}; COMMIT");

    private async Task<IReadOnlyList<StuckThing>> FindAsync(string id)
    {
        var found = await StuckFinder.Of(_worker, _settings).FindAsync(Cancelled);
        return [.. found.Where(thing => thing.Subject.StartsWith(id, StringComparison.Ordinal) || thing.Subject.Contains('@', StringComparison.Ordinal))];
    }

    private Task<IReadOnlyList<string>> RowsAsync() => machine.ListAsync(
        "SELECT i::text FROM durable.instance i UNION ALL SELECT x::text FROM durable.inbox x UNION ALL SELECT s::text FROM docpipeline.submission s ORDER BY 1");

    private Task ForgetAsync(string id) => machine.ExecuteAsync($"DELETE FROM durable.worker; ALTER TABLE durable.instance DISABLE TRIGGER USER; DELETE FROM durable.instance WHERE instance_id = '{id}'; ALTER TABLE durable.instance ENABLE TRIGGER USER");
}
