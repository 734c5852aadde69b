using System.Collections.Concurrent;
using DocPipeline.Documents;
using DocPipeline.Workflow;
using static DocPipeline.Durable.Tests.Names;

namespace DocPipeline.Durable.Tests;

public sealed class FanOutTests
{
    private static readonly WorkflowName<int, int[]> Fan = new("Fan", 1);

    [Fact]
    public async Task Results_come_in_the_order_of_the_inputs_and_no_more_run_at_once_than_allowed()
    {
        await using var harness = await Harness.CreateAsync();
        var (now, most) = (0, 0);
        var engine = harness.Engine(
            builder => builder
                .Workflow(Fan, async (context, count) => [.. await context.CallAllAsync(AddOne, [.. Enumerable.Range(0, count)])])
                .Activity(AddOne, async (input, context, token) =>
                {
                    InterlockedMax(ref most, Interlocked.Increment(ref now));
                    await Task.Delay(Random.Shared.Next(20), token);
                    Interlocked.Decrement(ref now);
                    context.CommitWith(Harness.Note(context, "page"));
                    return input + 1;
                }),
            Harness.Quick with { MaxActivities = 3 });

        await harness.StartAsync(Fan, "many", 60, engine.Client);
        await harness.StartAsync(Fan, "none", 0, engine.Client);

        Assert.Equal(Enumerable.Range(1, 60), await harness.OutputAsync<int[]>("many"));
        Assert.Empty(await harness.OutputAsync<int[]>("none"));
        Assert.InRange(most, 2, 3);
        Assert.Equal(60, await harness.LedgerAsync());
    }

    [Fact]
    public async Task One_failure_is_thrown_after_all_have_ended_and_is_the_first_in_input_order()
    {
        await using var harness = await Harness.CreateAsync();
        var workflow = new WorkflowName<int, string>("Faulty", 1);
        var engine = harness.Engine(
            builder => builder
                .Workflow(workflow, async (context, count) =>
                {
                    try
                    {
                        await context.CallAllAsync(AddOne, [.. Enumerable.Range(0, count)], Impatient);
                        return "all good";
                    }
                    catch (ActivityFailedException failed)
                    {
                        return failed.Failure.Message;
                    }
                })
                .Activity(AddOne, async (input, context, token) =>
                {
                    await Task.Delay(input == 3 ? 200 : 1, token);
                    return input is 3 or 7 ? throw new DocumentFault(FaultCodes.Corrupt, $"page {input}")
                        : input == 5 && context.Attempt == 1 ? throw new TransientFailure("again")
                        : input;
                }),
            Harness.Quick with { MaxActivities = 8 });

        await harness.StartAsync(workflow, "one", 10, engine.Client);

        Assert.Equal("page 3", await harness.OutputAsync<string>("one"));
        Assert.Equal(8, await harness.ScalarAsync<long>("SELECT count(*) FROM durable.step WHERE status = 'completed'"));
        Assert.Equal(2, await harness.ScalarAsync<long>("SELECT count(*) FROM durable.step WHERE status = 'failed' AND attempts = 1"));
        Assert.Equal(2, await harness.ScalarAsync<int>("SELECT attempts FROM durable.step WHERE step_no = 6"));
    }

    [Fact]
    public async Task A_replay_keeps_what_ended_well_beside_the_failed_step()
    {
        await using var harness = await Harness.CreateAsync();
        var isFixed = false;
        var engine = harness.Engine(builder => builder
            .Workflow(Fan, async (context, count) => [.. await context.CallAllAsync(AddOne, [.. Enumerable.Range(0, count)])])
            .Activity(AddOne, (input, context, _) =>
            {
                context.CommitWith(Harness.Note(context, "page"));
                return input == 2 && !isFixed ? throw new InvalidOperationException("a bug") : Task.FromResult(input);
            }));

        await harness.StartAsync(Fan, "one", 5, engine.Client);
        await harness.UntilAsync("one", "dead");
        isFixed = true;
        await harness.Operator.ReplayAsync("one", TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(0, 5), await harness.OutputAsync<int[]>("one"));
        Assert.Equal(5, await harness.LedgerAsync());
    }

    [Fact]
    public async Task Several_calls_awaited_together_replay_in_the_order_they_were_made()
    {
        await using var harness = await Harness.CreateAsync();
        var workflow = new WorkflowName<int, int[]>("Both", 1);
        var engine = harness.Engine(builder => builder
            .Workflow(workflow, async (context, input) =>
            {
                async Task<int> Branch(int x) => await context.CallAsync(Twice, await context.CallAsync(AddOne, x));
                var a = Branch(input);
                var b = Branch(input * 10);
                return [await a, await b];
            })
            .Activity(AddOne, async (input, _, token) =>
            {
                await Task.Delay(input == 1 ? 100 : 1, token);
                return input + 1;
            })
            .Activity(Twice, (input, context, _) => context.Attempt == 1 ? throw new TransientFailure("so that it is replayed") : Task.FromResult(input * 2)));

        await harness.StartAsync(workflow, "one", 1, engine.Client);

        Assert.Equal(new List<int> { 4, 22 }, await harness.OutputAsync<int[]>("one"));
    }

    [Fact]
    public async Task What_came_first_ends_first_and_does_not_wait_for_the_middle_of_what_came_later()
    {
        await using var harness = await Harness.CreateAsync();
        var order = new ConcurrentQueue<string>();
        var workflow = new WorkflowName<int, int>("Then", 1);
        await harness.StartAsync(workflow, "first", 3);
        await harness.StartAsync(workflow, "second", 3);
        harness.Engine(
            builder => builder
                .Workflow(workflow, async (context, count) => await context.CallAsync(Twice, (await context.CallAllAsync(AddOne, [.. Enumerable.Range(0, count)])).Sum()))
                .Activity(AddOne, async (input, context, token) =>
                {
                    // Longer than the commit of the step before: a slot is never left empty for an older instance.
                    order.Enqueue(context.InstanceId);
                    await Task.Delay(300, token);
                    return input + 1;
                })
                .Activity(Twice, (input, context, _) =>
                {
                    order.Enqueue(context.InstanceId + " ends");
                    return Task.FromResult(input * 2);
                }),
            Harness.Quick with { MaxActivities = 1 });

        await harness.UntilAllAsync("completed", 2);

        Assert.True(order.ToList().IndexOf("first ends") < order.ToList().IndexOf("second ends") - 1, string.Join(", ", order));
    }

    [Fact]
    public async Task The_far_end_of_a_very_wide_round_lets_younger_instances_pass()
    {
        await using var harness = await Harness.CreateAsync();
        var order = new ConcurrentQueue<string>();
        await harness.StartAsync(Fan, "wide", 80);
        await harness.StartAsync(Fan, "narrow", 1);
        harness.Engine(
            builder => builder
                .Workflow(Fan, async (context, count) => [.. await context.CallAllAsync(AddOne, [.. Enumerable.Range(0, count)])])
                .Activity(AddOne, async (input, context, token) =>
                {
                    order.Enqueue(context.InstanceId);
                    await Task.Delay(20, token);
                    return input + 1;
                }),
            Harness.Quick with { MaxActivities = 1 });

        await harness.UntilAllAsync("completed", 2);

        Assert.InRange(order.ToList().IndexOf("narrow"), 0, 79);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = target; value > seen; seen = target)
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }
}
