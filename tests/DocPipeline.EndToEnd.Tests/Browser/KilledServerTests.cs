using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Testing;

namespace DocPipeline.EndToEnd.Tests.Browser;

/// <summary>The server dies after a person has pressed and before the workflow has taken note.</summary>
public sealed class KilledServerTests(ServerMachine machine) : IClassFixture<ServerMachine>
{
    [Fact]
    public async Task What_was_pressed_before_the_server_died_is_carried_out_once_by_the_next_one()
    {
        machine.Settings["DOCPIPELINE_LEASE_SECONDS"] = "2";
        var password = (await machine.RunAsync("account", "add", "clerk", "--role", "reviewer")).Output.Trim();
        var (first, page) = await machine.ServeAsync();
        using var address = page;
        var approved = await HandInAsync("form", "KILL-1");
        var regrouped = await HandInAsync("type", "KILL-2");
        using (var clerk = await Visitor.SignedInAsync(page.BaseAddress!, "clerk", password))
        {
            // Whoever holds this table keeps the workflow from changing a state, not the person from deciding.
            await using var connection = await machine.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await using var hold = new Npgsql.NpgsqlCommand("LOCK TABLE docpipeline.outbox IN EXCLUSIVE MODE", connection, transaction);
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            using var one = await clerk.PostAsync($"/review/{approved}", await clerk.TokenAsync($"/review/{approved}"), ("version", "2"), ("decision", "approve"), ("value.date_of_loss", "2026-04-03"));
            using var two = await clerk.PostAsync(
                $"/review/{regrouped}", await clerk.TokenAsync($"/review/{regrouped}"),
                ("version", "2"), ("decision", "regroup"), ("document.1", "1"), ("type.1", "police_report"), ("value.date_of_loss", "2026-04-03"));
            Assert.Equal(($"/review/next?after={approved}&done=recorded", $"/review/{regrouped}"), (one.Headers.Location!.ToString(), two.Headers.Location!.ToString()));
            await first.DisposeAsync();
        }

        Assert.Equal(["approve|needs_review", "regroup|needs_review"], await machine.ListAsync("SELECT p.kind, s.state FROM docpipeline.review_pending p JOIN docpipeline.submissions_v1 s USING (submission_id) ORDER BY kind"));
        var (second, again) = await machine.ServeAsync();
        await using var running = second;
        using var _ = again;
        await UntilAsync($"SELECT state = 'reviewed' FROM docpipeline.submissions_v1 WHERE submission_id = '{approved}'", "the approval is carried out");
        await UntilAsync($"SELECT state = 'needs_review' AND reason_code IS NOT NULL AND (SELECT max(seq) = 4 FROM docpipeline.audit WHERE submission_id = '{regrouped}') FROM docpipeline.submissions_v1 WHERE submission_id = '{regrouped}'", "it is read anew");

        Assert.Equal(["2026-04-03|person", "2026-04-03|person"], await machine.ListAsync("SELECT value, source FROM docpipeline.claim_fields_v1 WHERE name = 'date_of_loss'"));
        Assert.Equal(["auto_claim_form", "police_report"], await machine.ListAsync($"SELECT type FROM docpipeline.documents_v1 ORDER BY type"));
        Assert.Equal(["processing", "needs_review", "reviewed"], await machine.ListAsync($"SELECT to_state FROM docpipeline.audit WHERE submission_id = '{approved}' ORDER BY seq"));
        Assert.Equal(["processing", "needs_review", "processing", "needs_review"], await machine.ListAsync($"SELECT to_state FROM docpipeline.audit WHERE submission_id = '{regrouped}' ORDER BY seq"));
        Assert.Equal(["approve|clerk", "regroup|clerk"], await machine.ListAsync("SELECT kind, by FROM docpipeline.review_action ORDER BY kind"));
        var check = await machine.RunAsync("check", "--files");
        Assert.True(check.ExitCode == 0, check.Output);
    }

    /// <returns>The submission, when it waits for a person.</returns>
    private async Task<string> HandInAsync(string name, string claim)
    {
        await File.WriteAllTextAsync(
            Path.Combine(machine.Bucket, name + ".txt"), $"AUTO CLAIM FORM\nClaim Number: {claim}\nPolicy Number: PN-1\nDate of Loss: 03/04/2026\n", TestContext.Current.CancellationToken);
        await UntilAsync($"SELECT EXISTS (SELECT FROM docpipeline.submissions_v1 WHERE key = '{name}.txt' AND state = 'needs_review')", $"{name} waits for a person");
        return await machine.QueryAsync<string>($"SELECT submission_id::text FROM docpipeline.submissions_v1 WHERE key = '{name}.txt'");
    }

    private Task UntilAsync(string question, string what) => Eventually.IsTrueAsync(() => machine.QueryAsync<bool>(question), what, TimeSpan.FromSeconds(120));
}
