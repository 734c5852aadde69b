using System.Text.Json;
using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Server.Check;
using Npgsql;

namespace DocPipeline.EndToEnd.Tests.Check;

/// <summary>Each invariant holds after real work, and is the one that is reported when its rows are broken by hand.</summary>
public sealed class InvariantTests(WorkedMachine worked) : IClassFixture<WorkedMachine>
{
    private static readonly string Accepted = WorkedMachine.Instance("claim-email.txt");
    private static readonly string Waiting = WorkedMachine.Instance("claim-form-blank.pdf");
    private static readonly string Reviewed = WorkedMachine.Instance("packet.pdf");
    private static readonly string Packet = WorkedMachine.Instance("packet.pdf");
    private static readonly string DeadOne = WorkedMachine.Instance(WorkedMachine.Dead);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>What is broken, how, and what breaks with it because one row has two meanings.</summary>
    public static TheoryData<string, string, string> Breaks => new()
    {
        { "journal_is_dense", $"DELETE FROM durable.step WHERE instance_id = {Packet} AND step_no = (SELECT min(step_no) + 1 FROM durable.step WHERE instance_id = {Packet} AND name = 'extract-document')", "" },
        { "rounds_follow_each_other", $"UPDATE durable.step SET round = round + 1 WHERE instance_id = {Accepted} AND step_no >= 3", "" },
        { "epochs_never_go_back", $"UPDATE durable.instance SET epoch = 9 WHERE instance_id = {Accepted}; UPDATE durable.step SET epoch = 9 WHERE instance_id = {Accepted} AND step_no = 1", "" },
        { "steps_were_claimed", $"UPDATE durable.instance SET epoch = 0 WHERE instance_id = {Accepted}", "" },
        { "one_owner_for_each_instance", $"ALTER TABLE durable.instance DROP CONSTRAINT instance_worker_iff_running; UPDATE durable.instance SET worker_id = gen_random_uuid() WHERE instance_id = {Accepted}", "" },
        { "terminal_is_final", $"UPDATE durable.instance SET finished_at = created_at WHERE instance_id = {Accepted}", "" },
        { "attempts_are_recorded_once", $"UPDATE durable.step SET attempt_id = (SELECT attempt_id FROM durable.step WHERE instance_id = {Accepted} AND step_no = 1) WHERE instance_id = {Packet} AND step_no = 1", "" },
        { "events_are_taken_once", $"UPDATE durable.inbox SET taken_by_step = NULL WHERE instance_id = {Reviewed}", "" },
        { "inbox_is_counted", $"UPDATE durable.instance SET inbox_seq = inbox_seq + 1 WHERE instance_id = {Accepted}", "" },
        { "no_wake_up_is_lost", $"INSERT INTO durable.inbox (instance_id, seq, name, dedup_key, payload) SELECT {Waiting}, 1, 'review-decided', 'x', '{{}}'; UPDATE durable.instance SET inbox_seq = 1 WHERE instance_id = {Waiting}", "" },
        { "sleepers_know_what_for", $"UPDATE durable.instance SET wake_at = wake_at + interval '1 day' WHERE instance_id = {Waiting}", "" },
        { "stuck_instances_say_why", $"UPDATE durable.instance SET failed_step = 99 WHERE instance_id = {DeadOne}", "" },
        { "audit_chain_holds", $"UPDATE docpipeline.audit SET by = 'nobody' WHERE submission_id::text = {Accepted} AND seq = 1", "" },
        { "changes_are_sent", $"DELETE FROM docpipeline.outbox WHERE submission_id::text = {Accepted} AND audit_seq = 2", "changes_are_numbered" },
        { "changes_are_numbered", $"ALTER TABLE docpipeline.outbox DISABLE TRIGGER USER; UPDATE docpipeline.outbox SET position = position + 1000000 WHERE submission_id::text = {Accepted} AND audit_seq = 1", "" },
        { "webhooks_lose_nothing", "INSERT INTO docpipeline.webhook_endpoint (id, url, secret, created_by, start_position, position) VALUES (gen_random_uuid(), 'https://example.org/', 'whsec_' || repeat('A', 44), 'test', 0, 1)", "" },
        { "objects_are_taken_in_once", $"ALTER TABLE docpipeline.submission DROP CONSTRAINT submission_once; UPDATE docpipeline.submission SET (bucket, key, version) = (SELECT bucket, key, version FROM docpipeline.submission WHERE id::text = {Waiting}) WHERE id::text = {Accepted}", "" },
        { "same_bytes_are_linked", "UPDATE docpipeline.submission SET size = size + 1 WHERE duplicate_of IS NOT NULL", "" },
        { "ends_are_explained", $"ALTER TABLE docpipeline.submission DROP CONSTRAINT submission_finished_when_terminal; UPDATE docpipeline.submission SET finished_at = NULL WHERE id::text = {Accepted}", "" },
        { "passed_submissions_have_their_claim", $"DELETE FROM docpipeline.claim WHERE submission_id::text = {Accepted}", "effects_stand_with_their_step" },
        { "claims_belong_to_their_submission", $"UPDATE docpipeline.claim SET content = (SELECT content_sha256 FROM docpipeline.submissions_v1 WHERE key = 'claim-form-locked.pdf') WHERE submission_id::text = {Accepted}", "" },
        { "reviews_are_what_they_decided", $"ALTER TABLE docpipeline.review_action DISABLE TRIGGER USER; DELETE FROM docpipeline.review_action WHERE submission_id::text = {Reviewed}", "audit_chain_holds effects_stand_with_their_step" },
        { "actions_are_carried_out", $$"""ALTER TABLE docpipeline.review_action DISABLE TRIGGER review_action_is_chained; INSERT INTO docpipeline.review_action (submission_id, version, kind, by, decision) SELECT submission_id, 1, 'approve', 'somebody else', '{"decision": "approve", "by": "somebody else"}' FROM docpipeline.submissions_v1 WHERE submission_id::text = {{Reviewed}}""", "audit_chain_holds" },
        { "values_have_evidence", $"UPDATE docpipeline.claim_field SET page = 999 WHERE submission_id::text = {Accepted} AND name = 'claim_number'", "" },
        { "pages_belong_to_one_document", $"UPDATE docpipeline.claim_document SET pages = pages || 1 WHERE submission_id::text = {Packet} AND NOT 1 = ANY (pages)", "" },
        { "parts_of_claims_are_complete", $"DELETE FROM docpipeline.claim_document WHERE submission_id::text = {Waiting}", "" },
        { "totals_agree", "INSERT INTO docpipeline.content (sha256, size, first_submission) VALUES (repeat('a', 64), 1, gen_random_uuid())", "" },
        { "costs_add_up", "INSERT INTO docpipeline.provider_day (day, purse, usd) VALUES ('2020-01-01', 'claims', 1)", "" },
        { "services_read_for_money", $"UPDATE docpipeline.document_field SET source = 'textract' WHERE submission_id::text = {Accepted} AND name = 'claim_number'", "" },
        { "dead_letters_can_be_replayed", $"UPDATE durable.instance SET status = 'parked', finished_at = NULL, failed_step = NULL, failure = NULL WHERE instance_id = {DeadOne}", "" },
        { "effects_stand_with_their_step", $"UPDATE durable.step SET name = 'another' WHERE instance_id = {Accepted} AND name = 'store-claim'", "" },
        { "submissions_are_worked_on", $"DELETE FROM durable.instance WHERE instance_id = {Waiting}", "" },
        { "workflows_have_their_submission", $"UPDATE durable.instance SET input = '{{}}' WHERE instance_id = {Accepted}", "" },
        { "workflows_end_as_their_submission", $"UPDATE durable.instance SET output = '{{\"state\": \"rejected\"}}' WHERE instance_id = {Accepted}", "" },
    };

    [Fact]
    public async Task After_work_of_every_kind_everything_holds()
    {
        Assert.Equal(
            ["accepted", "dead", "needs_review", "rejected", "reviewed"],
            await worked.Machine.ListAsync("SELECT DISTINCT state FROM docpipeline.submissions_v1 ORDER BY state"));

        var check = await worked.Machine.RunAsync("check", "--files");

        Assert.True(check.ExitCode == 0, check.Output + check.Errors);
        Assert.Equal(Invariants.All.Count + 2, check.Lines.Count);
        Assert.DoesNotContain("BROKEN", check.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task Broken_by_hand_exactly_that_invariant_is_reported(string invariant, string breaking, string alsoBroken)
    {
        // All in one transaction that is never committed: the next case finds everything whole.
        await using var connection = await worked.Machine.Owner.OpenConnectionAsync(Cancelled);
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        await ExecuteAsync("SET LOCAL session_replication_role = replica; ALTER TABLE docpipeline.submission DISABLE TRIGGER USER; ALTER TABLE docpipeline.audit DISABLE TRIGGER USER");

        Assert.True(await ExecuteAsync(breaking) > 0, "Nothing was broken.");

        var broken = new List<string>();
        foreach (var asked in Invariants.All)
        {
            var result = await asked.CheckAsync(connection, limit: 3, Cancelled);
            Assert.InRange(result.Rows.Count, Math.Min(1, result.Broken), 3);
            if (result.Broken > 0)
            {
                broken.Add(asked.Name);
            }
        }

        Assert.Equal([.. alsoBroken.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append(invariant).Order()], broken.Order());

        async Task<int> ExecuteAsync(string statements)
        {
            await using var command = new NpgsqlCommand(statements, connection, transaction);
            return await command.ExecuteNonQueryAsync(Cancelled);
        }
    }

    [Fact]
    public void Every_invariant_has_a_name_of_its_own_a_sentence_and_a_way_to_break_it()
    {
        Assert.Equal(Invariants.All.Select(invariant => invariant.Name).Order(), Breaks.Select(row => row.Data.Item1).Distinct().Order());
        Assert.All(Invariants.All, invariant => Assert.Matches(@"^[A-Z].*\.$", invariant.MustHold));
        Assert.All(Invariants.All, invariant => Assert.StartsWith("-- ", invariant.Sql, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("durable.inbox", "UPDATE durable.inbox SET taken_by_step = 1", "inbox_taken_is_final")]
    [InlineData("durable.instance", "UPDATE durable.instance SET reason = '' WHERE status = 'dead'", "instance_terminal_is_final")]
    [InlineData("docpipeline.claim", "INSERT INTO docpipeline.claim (submission_id, content, result_sha256) SELECT id, content, content FROM docpipeline.submission WHERE duplicate_of IS NOT NULL", "claim_once_per_content")]
    [InlineData("docpipeline.claim", "INSERT INTO docpipeline.claim (submission_id, content, result_sha256) SELECT s.id, r.content, r.content FROM docpipeline.submission s, docpipeline.submission r WHERE s.duplicate_of IS NOT NULL AND r.key = 'claim-form-locked.pdf'", "claim_of_first_submission")]
    [InlineData("docpipeline.content", "INSERT INTO docpipeline.content (sha256, size, first_submission) SELECT repeat('a', 64), 1, id FROM docpipeline.submission WHERE duplicate_of IS NOT NULL; SET CONSTRAINTS ALL IMMEDIATE", "content_first_submission_has_it")]
    public async Task What_a_constraint_can_rule_out_even_the_owner_cannot_do_by_mistake(string table, string mistake, string constraint)
    {
        await using var connection = await worked.Machine.Owner.OpenConnectionAsync(Cancelled);
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        await using var command = new NpgsqlCommand(mistake, connection, transaction);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancelled));

        Assert.True(refused.ConstraintName == constraint, $"{table}: {refused.Message} ({refused.ConstraintName})");
    }

    [Fact]
    public async Task A_broken_invariant_ends_the_command_with_1_and_its_rows_name_no_content()
    {
        var result = (await worked.Machine.ListAsync("SELECT content_sha256 FROM docpipeline.submissions_v1 WHERE key = 'repair-invoice-german.pdf'")).Single();
        var original = worked.Machine.Original(result);
        var bytes = await File.ReadAllBytesAsync(original, Cancelled);
        await worked.Machine.ExecuteAsync($"UPDATE durable.instance SET inbox_seq = 7 WHERE instance_id = {Waiting}");
        await File.WriteAllBytesAsync(original, [.. bytes, 0], Cancelled);
        try
        {
            var words = await worked.Machine.RunAsync("check");
            var json = await worked.Machine.RunAsync("check", "--json", "--files");

            Assert.Equal((1, 1), (words.ExitCode, json.ExitCode));
            Assert.Contains("BROKEN inbox_is_counted: ", words.Output, StringComparison.Ordinal);
            Assert.EndsWith("Not everything holds: 1 broken.\n", words.Output, StringComparison.Ordinal);
            var broken = json.Lines.Select(line => JsonElement.Parse(line)).Where(line => line.GetProperty("broken").GetInt64() > 0).ToDictionary(line => line.GetProperty("invariant").GetString()!);
            Assert.Equal(["inbox_is_counted", StoredFiles.Name], broken.Keys.Order(StringComparer.Ordinal).Reverse());
            var row = broken["inbox_is_counted"].GetProperty("rows")[0];
            Assert.Equal(("7", "0"), (row.GetProperty("inbox_seq").GetString(), row.GetProperty("events").GetString()));
            Assert.Contains("has the hash", broken[StoredFiles.Name].GetProperty("rows")[0].GetProperty("problem").GetString(), StringComparison.Ordinal);
        }
        finally
        {
            await worked.Machine.ExecuteAsync($"UPDATE durable.instance SET inbox_seq = 0 WHERE instance_id = {Waiting}");
            await File.WriteAllBytesAsync(original, bytes, Cancelled);
        }
    }
}
