using System.Text.Json;
using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Testing;

namespace DocPipeline.EndToEnd.Tests.Serving;

/// <summary>From a failure of ours to a claim, with the commands that an operator types.</summary>
public sealed class DeadLetterTests(ServerMachine machine) : IClassFixture<ServerMachine>
{
    [Fact]
    public async Task A_document_whose_bytes_were_away_dies_is_shown_and_comes_through_when_it_is_replayed()
    {
        // Its original is taken away before anybody works on it: our fault, not the document's.
        var path = Path.Combine(ServerMachine.Samples, "claim-email.txt");
        var id = (await machine.RunAsync("ingest", "--json", path)).Lines.Select(line => JsonElement.Parse(line).GetProperty("submission").GetString()!).Single();
        var original = machine.Original(await machine.QueryAsync<string>("SELECT content_sha256 FROM docpipeline.submissions_v1"));
        File.Move(original, original + ".away");
        var (program, page) = await machine.ServeAsync();
        await using var running = program;
        using var browser = page;
        await UntilAsync("dead");

        var list = await machine.RunAsync("dead", "list");
        var show = await machine.RunAsync("dead", "show", id);
        var parked = await machine.RunAsync("dead", "unpark", id);
        File.Move(original + ".away", original);
        var replay = await machine.RunAsync("dead", "replay", id);
        await UntilAsync("accepted");
        var again = await machine.RunAsync("dead", "replay", id);

        Assert.StartsWith($"{id}  open-file after 1 attempts: ", list.Output, StringComparison.Ordinal);
        Assert.Contains("FileNotFoundException", show.Output, StringComparison.Ordinal);
        Assert.Equal((1, $"error: {id} is not parked but dead."), (parked.ExitCode, parked.Errors.Split('\n')[0]));
        Assert.True(replay.ExitCode == 0, replay.Errors);
        Assert.Equal("None.\n", (await machine.RunAsync("dead", "list")).Output);
        Assert.Equal((1, true), (again.ExitCode, again.Errors.Contains("is not dead", StringComparison.Ordinal)));
        Assert.Equal(
            ["processing", "dead", "processing", "accepted"],
            await machine.ListAsync("SELECT to_state FROM docpipeline.audit ORDER BY seq"));
        var check = await machine.RunAsync("check", "--files");
        Assert.True(check.ExitCode == 0, check.Output);
    }

    [Fact]
    public async Task A_parked_document_that_fits_again_goes_on_when_it_is_unparked()
    {
        await machine.ExecuteAsync("INSERT INTO durable.instance (instance_id, name, version, status, input, reason, wake_at) VALUES ('parked-one', 'another', 1, 'parked', '{}', 'Changed.', NULL)");

        var listed = await machine.RunAsync("dead", "list", "--parked");
        var unparked = await machine.RunAsync("dead", "unpark", "parked-one");

        Assert.Contains("Changed.", listed.Output, StringComparison.Ordinal);
        Assert.True(unparked.ExitCode == 0, unparked.Errors);
        Assert.Equal("pending", await machine.QueryAsync<string>("SELECT status FROM durable.instance WHERE instance_id = 'parked-one'"));
        await machine.ExecuteAsync("ALTER TABLE durable.instance DISABLE TRIGGER USER; DELETE FROM durable.instance WHERE instance_id = 'parked-one'; ALTER TABLE durable.instance ENABLE TRIGGER USER");
    }

    private Task UntilAsync(string state) => Eventually.IsTrueAsync(
        () => machine.QueryAsync<bool>($"SELECT state = '{state}' FROM docpipeline.submissions_v1"), $"the document is {state}", TimeSpan.FromSeconds(60));
}
