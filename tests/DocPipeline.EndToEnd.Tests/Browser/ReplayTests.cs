using System.Net;
using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Testing;

namespace DocPipeline.EndToEnd.Tests.Browser;

/// <summary>A dead document is brought back from its page.</summary>
public sealed class ReplayTests(ServerMachine machine) : IClassFixture<ServerMachine>
{
    [Fact]
    public async Task A_supervisor_has_a_dead_document_done_again_and_stands_in_the_record_for_it()
    {
        // Its original is taken away before anybody works on it: our fault, not the document's.
        await machine.RunAsync("ingest", Path.Combine(ServerMachine.Samples, "claim-email.txt"));
        var original = machine.Original(await machine.QueryAsync<string>("SELECT content_sha256 FROM docpipeline.submissions_v1"));
        File.Move(original, original + ".away");
        var reviewer = (await machine.RunAsync("account", "add", "clerk", "--role", "reviewer")).Output.Trim();
        var supervisor = (await machine.RunAsync("account", "add", "lead", "--role", "supervisor")).Output.Trim();
        var (program, page) = await machine.ServeAsync();
        await using var running = program;
        using var address = page;
        await UntilAsync("dead");
        var id = await machine.QueryAsync<string>("SELECT submission_id::text FROM docpipeline.submissions_v1");
        File.Move(original + ".away", original);

        using var clerk = await Visitor.SignedInAsync(page.BaseAddress!, "clerk", reviewer);
        using var lead = await Visitor.SignedInAsync(page.BaseAddress!, "lead", supervisor);
        using var refused = await clerk.PostAsync($"/review/{id}?handler=Replay", await clerk.TokenAsync($"/review/{id}"));
        using var done = await lead.PostAsync($"/review/{id}?handler=Replay", await lead.TokenAsync($"/review/{id}"));
        using var late = await lead.PostAsync($"/review/{id}?handler=Replay", await lead.TokenAsync($"/review/{id}"));
        await UntilAsync("accepted");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Redirect, HttpStatusCode.Conflict), (refused.StatusCode, done.StatusCode, late.StatusCode));
        Assert.Equal(["processing|intake", "dead|pipeline", "processing|lead", "accepted|pipeline"], await machine.ListAsync("SELECT to_state, by FROM docpipeline.audit ORDER BY seq"));
        Assert.Equal(["replay|lead|2"], await machine.ListAsync("SELECT kind, by, version FROM docpipeline.review_action"));
    }

    private Task UntilAsync(string state) => Eventually.IsTrueAsync(
        () => machine.QueryAsync<bool>($"SELECT state = '{state}' FROM docpipeline.submissions_v1"), $"the document is {state}", TimeSpan.FromSeconds(120));
}
