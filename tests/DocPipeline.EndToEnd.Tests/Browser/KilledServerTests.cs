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
        await File.WriteAllTextAsync(Path.Combine(machine.Bucket, "form.txt"), "AUTO CLAIM FORM\nClaim Number: KILL-1\nPolicy Number: PN-1\nDate of Loss: 03/04/2026\n", TestContext.Current.CancellationToken);
        await UntilAsync("SELECT EXISTS (SELECT FROM docpipeline.submissions_v1 WHERE state = 'needs_review')", "it waits for a person");
        var id = await machine.QueryAsync<string>("SELECT submission_id::text FROM docpipeline.submissions_v1");
        using (var clerk = await Visitor.SignedInAsync(page.BaseAddress!, "clerk", password))
        {
            // Whoever holds this table keeps the workflow from recording the decision, not the person from making it.
            await using var connection = await machine.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await using var hold = new Npgsql.NpgsqlCommand("LOCK TABLE docpipeline.review_decision IN ACCESS EXCLUSIVE MODE", connection, transaction);
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            var token = await clerk.TokenAsync($"/review/{id}");
            using var answer = await clerk.PostAsync($"/review/{id}", token, ("version", "2"), ("decision", "approve"), ("value.date_of_loss", "2026-04-03"));
            Assert.Equal($"/review/next?after={id}&done=recorded", answer.Headers.Location!.ToString());
            await first.DisposeAsync();
        }

        Assert.Equal(["needs_review|0|1"], await machine.ListAsync("SELECT s.state, (SELECT count(*) FROM docpipeline.review_decision), (SELECT count(*) FROM docpipeline.review_action) FROM docpipeline.submissions_v1 s"));
        var (second, again) = await machine.ServeAsync();
        await using var running = second;
        using var _ = again;
        await UntilAsync("SELECT state = 'reviewed' FROM docpipeline.submissions_v1", "the decision is carried out");

        Assert.Equal("2026-04-03", await machine.QueryAsync<string>("SELECT value FROM docpipeline.claim_fields_v1 WHERE name = 'date_of_loss'"));
        Assert.Equal(["processing", "needs_review", "reviewed"], await machine.ListAsync("SELECT to_state FROM docpipeline.audit ORDER BY seq"));
        Assert.Equal(["approve|clerk"], await machine.ListAsync("SELECT decision, by FROM docpipeline.review_decision"));
        var check = await machine.RunAsync("check");
        Assert.True(check.ExitCode == 0, check.Output);
    }

    private Task UntilAsync(string question, string what) => Eventually.IsTrueAsync(() => machine.QueryAsync<bool>(question), what, TimeSpan.FromSeconds(120));
}
