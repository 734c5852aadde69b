using System.Net;
using DocPipeline.Ingest;
using DocPipeline.Testing;
using Microsoft.DurableTask.Client;

namespace DocPipeline.Functions.Host.Tests;

/// <summary>Documents through the shell on the framework's own host and client: what the model of the solution's tests cannot vouch for.</summary>
public sealed class DocumentTests
{
    private const string Letter = "Dear Sir or Madam,\nplease find our new opening hours below.\nMonday to Friday, nine to five.\n";

    [Fact]
    public async Task A_blob_goes_through_every_step_once_however_often_it_is_delivered()
    {
        await using var shell = await OfficialShell.StartAsync();
        var id = await shell.DropAsync("letter.txt", Letter);
        await shell.UntilAsync(id, "needs_review", "rejected");

        Assert.Equal(id, await shell.DropAsync("letter.txt", Letter));

        Assert.Equal($"processing {await shell.StateAsync(id)}", await shell.HistoryAsync(id));
    }

    [Fact]
    public async Task A_decision_reaches_the_workflow_and_a_completed_one_is_not_begun_again()
    {
        await using var shell = await OfficialShell.StartAsync();
        await shell.DropAsync("a.txt", Letter);
        var id = await shell.DropAsync("b.txt", Letter);
        await shell.UntilAsync(id, "needs_review");

        Assert.Equal(HttpStatusCode.Accepted, await shell.DecideAsync(id, """{"decision":"approve"}"""));
        await shell.UntilAsync(id, "reviewed");
        var end = await shell.EndAsync(id);
        await shell.DropAsync("b.txt", Letter);

        Assert.Equal((OrchestrationRuntimeStatus.Completed, new SubmissionOutcome(SubmissionStates.Reviewed, null)), (end.RuntimeStatus, end.ReadOutputAs<SubmissionOutcome>()));
        Assert.Equal(end.CreatedAt, (await shell.EndAsync(id)).CreatedAt);
        Assert.Equal("processing needs_review reviewed", await shell.HistoryAsync(id));
    }

    [Fact]
    public async Task What_has_failed_is_begun_again_by_a_replay()
    {
        await using var shell = await OfficialShell.StartAsync();
        shell.Broken.Add("split-pages");
        var id = await shell.DropAsync("letter.txt", Letter);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await shell.EndAsync(id)).RuntimeStatus);
        Assert.Equal(SubmissionStates.Dead, await shell.StateAsync(id));

        shell.Broken.Clear();
        Assert.Equal(HttpStatusCode.Accepted, await shell.ReplayAsync(id));

        await shell.UntilAsync(id, "needs_review", "rejected");
        Assert.Equal($"processing dead processing {await shell.StateAsync(id)}", await shell.HistoryAsync(id));
    }

    [Fact]
    public async Task What_no_instance_works_on_is_begun_by_the_reconciler()
    {
        await using var shell = await OfficialShell.StartAsync();
        var id = await shell.TakeInAsync("letter.txt", Letter);

        await shell.ReconcileAsync();

        await shell.UntilAsync(id, "needs_review", "rejected");
    }
}
