using static DocPipeline.Durable.Tests.Names;

namespace DocPipeline.Durable.Tests;

public sealed class HappyPathTests
{
    [Fact]
    public async Task A_workflow_calls_its_activities_in_order_and_completes()
    {
        await using var harness = await Harness.CreateAsync();
        var engine = harness.Engine(builder => builder
            .Workflow(Sum, async (context, input) => await context.CallAsync(Twice, await context.CallAsync(AddOne, input)))
            .Activity(AddOne, (input, context, _) =>
            {
                context.CommitWith(Harness.Note(context, "add"));
                return Task.FromResult(input + 1);
            })
            .Activity(Twice, input => input * 2));

        Assert.True(await harness.StartAsync(Sum, "one", 20, engine.Client));
        Assert.False(await harness.StartAsync(Sum, "one", 99, engine.Client));

        Assert.Equal(42, await harness.OutputAsync<int>("one"));
        Assert.Equal(1, await harness.LedgerAsync("instance_id = 'one' AND step_no = 1"));
        Assert.Equal(2, await harness.ScalarAsync<long>("SELECT count(*) FROM durable.step WHERE status = 'completed' AND attempts = 1"));
    }
}
