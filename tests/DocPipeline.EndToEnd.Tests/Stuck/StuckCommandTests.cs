using System.Text.Json;
using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Testing;

namespace DocPipeline.EndToEnd.Tests.Stuck;

/// <summary>The command, and what the server does by itself.</summary>
public sealed class StuckCommandTests(ServerMachine machine) : IClassFixture<ServerMachine>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_that_nobody_took_in_is_named_and_with_repair_taken_in()
    {
        Directory.CreateDirectory(machine.Bucket);
        var path = Path.Combine(machine.Bucket, "left\nlying.txt");
        await File.WriteAllTextAsync(path, "Claim Number: LEFT-1", Cancelled);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddYears(50));

        var dry = await machine.RunAsync("stuck");
        var taken = await machine.QueryAsync<long>("SELECT count(*) FROM docpipeline.submission WHERE key LIKE 'left%'");
        var repaired = await machine.RunAsync("stuck", "--repair", "--json");
        var again = await machine.RunAsync("stuck");

        Assert.Equal((1, 0L), (dry.ExitCode, taken));
        Assert.Contains("stuck  file_not_taken_in left?lying.txt: ", dry.Output, StringComparison.Ordinal);
        Assert.True(repaired.ExitCode == 0, repaired.Output + repaired.Errors);
        Assert.True(JsonElement.Parse(Assert.Single(repaired.Lines)).GetProperty("repaired").GetBoolean());
        Assert.Equal("Nothing is stuck.\n", again.Output);
        Assert.Equal(0, again.ExitCode);
        Assert.Equal(1L, await machine.QueryAsync<long>("SELECT count(*) FROM docpipeline.submission WHERE key LIKE 'left%'"));
    }

    [Fact]
    public async Task The_server_delivers_a_decision_that_is_in_the_database_and_status_tells_what_is_stuck()
    {
        machine.Settings["DOCPIPELINE_RECONCILE_SECONDS"] = "0.5";
        var (program, page) = await machine.ServeAsync();
        await using var running = program;
        using var browser = page;
        File.Copy(Path.Combine(ServerMachine.Samples, "claim-form-blank.pdf"), Path.Combine(machine.Bucket, "blank.pdf"));
        await UntilAsync("SELECT EXISTS (SELECT FROM durable.instance i JOIN docpipeline.submission s ON s.id::text = i.instance_id WHERE s.key = 'blank.pdf' AND i.status = 'waiting')", "the form waits for review");

        await machine.ExecuteAsync("""INSERT INTO docpipeline.review_action (submission_id, version, kind, by, decision) SELECT id, 2, 'approve', 'clerk', '{"decision": "approve", "by": "clerk", "at": "2026-03-01T00:00:00Z", "note": "Fine.", "corrections": [{"field": "claim_number", "value": "C-1"}]}' FROM docpipeline.submission WHERE key = 'blank.pdf'""");
        await machine.ExecuteAsync("INSERT INTO durable.instance (instance_id, name, version, status, input, reason, wake_at) VALUES ('old', 'another', 3, 'parked', '{}', 'Changed.', NULL)");

        await UntilAsync("SELECT EXISTS (SELECT FROM docpipeline.claims_v1 WHERE key = 'blank.pdf' AND state = 'reviewed' AND claim_number = 'C-1')", "the decision is carried out");
        await UntilAsync("SELECT NOT EXISTS (SELECT FROM durable.instance WHERE status = 'running')", "the workflow has ended");
        var check = await machine.RunAsync("check");
        Assert.True(check.ExitCode == 0, check.Output);
        var status = await machine.RunAsync("status");
        Assert.Contains("Stuck, 1 x parked: ", status.Output, StringComparison.Ordinal);
        Assert.Equal(1, JsonElement.Parse((await machine.RunAsync("status", "--json")).Output).GetProperty("stuck").GetProperty("parked").GetInt32());
        await machine.ExecuteAsync("UPDATE durable.instance SET status = 'completed', reason = NULL, output = '{}', finished_at = now() WHERE instance_id = 'old'");
        var log = (await program.StopAsync()).Errors;
        Assert.Contains("Stuck, and mended: decision_not_delivered", log, StringComparison.Ordinal);
        Assert.Single(log.Split('\n'), line => line.Contains("Stuck: parked old", StringComparison.Ordinal));
    }

    private Task UntilAsync(string question, string what) => Eventually.IsTrueAsync(() => machine.QueryAsync<bool>(question), what, TimeSpan.FromSeconds(60));
}
