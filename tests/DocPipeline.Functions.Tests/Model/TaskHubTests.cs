namespace DocPipeline.Functions.Tests.Model;

/// <summary>The model must be as strict as what it stands for, or it proves nothing.</summary>
public sealed class TaskHubTests
{
    [Fact]
    public async Task An_orchestration_that_asks_for_something_else_on_replay_is_found()
    {
        var runs = 0;
        var hub = new TaskHub();
        hub.AddOrchestrator<int, int>("moody", async (context, input) => await context.CallActivityAsync<int>(runs++ == 0 ? "first" : "second", input));
        hub.AddActivity<int, int>("first", Task.FromResult);
        hub.AddActivity<int, int>("second", Task.FromResult);
        hub.Start("moody", "one", 1);

        var wrong = await Assert.ThrowsAsync<InvalidOperationException>(() => hub.RunAsync("one"));

        Assert.Contains("action 1 was first before, and is second now", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Timers_jump_and_events_win_over_timers_that_have_not_come()
    {
        var hub = new TaskHub();
        hub.AddOrchestrator<int, string>("wait", async (context, _) => await context.WaitForExternalEvent<string>("Come", TimeSpan.FromDays(30)));
        hub.Start("wait", "early", 1);
        hub.Start("wait", "never", 1);
        var began = hub.Now;

        await hub.RunAsync("early", untilIdle: true);
        hub.Raise("early", "come", "yes");
        await hub.RunAsync("early");
        Assert.Equal(("\"yes\"", began), (hub.Find("early")!.End!.Output, hub.Now));

        await hub.RunAsync("never");
        Assert.Equal(began + TimeSpan.FromDays(30), hub.Now);
        Assert.NotNull(hub.Find("never")!.End);
    }
}
