using DocPipeline.Workflow;
using Npgsql;
using static DocPipeline.Durable.Tests.Names;

namespace DocPipeline.Durable.Tests;

public sealed class ReplayTests
{
    [Theory]
    [InlineData("other activity", "recorded as activity AddOne")]
    [InlineData("other input", "recorded with another input")]
    [InlineData("fewer steps", "more steps are recorded")]
    public async Task A_workflow_changed_under_an_open_instance_parks_it_until_the_right_one_is_back(string change, string reason)
    {
        await using var harness = await Harness.CreateAsync();
        Action<DurableBuilder> Register(Func<IWorkflowContext, int, Task<int>> begin) => builder => builder
            .Workflow(Sum, async (context, input) =>
            {
                var sum = await begin(context, input);
                return (await context.WaitForEventAsync(Approved, TimeSpan.FromHours(1))).TimedOut ? -1 : sum;
            })
            .Activity(AddOne, (input, context, _) =>
            {
                context.CommitWith(Harness.Note(context, "add"));
                return Task.FromResult(input + 1);
            })
            .Activity(Twice, input => input * 2);

        var right = Register((context, input) => context.CallAsync(AddOne, input));
        var first = harness.Engine(right);
        await harness.StartAsync(Sum, "one", 1, first.Client);
        await harness.UntilAsync("one", "waiting");
        await first.StopAsync(TestContext.Current.CancellationToken);
        await harness.RaiseAsync("one", Approved, "k", "yes");

        var changed = harness.Engine(change switch
        {
            "other activity" => Register((context, input) => context.CallAsync(Twice, input)),
            "other input" => Register((context, input) => context.CallAsync(AddOne, input + 1)),
            _ => builder => builder.Workflow(Sum, (_, input) => Task.FromResult(input)),
        });
        await harness.UntilAsync("one", "parked");
        Assert.Contains(reason, Assert.Single(await harness.Operator.ListParkedAsync(cancellationToken: TestContext.Current.CancellationToken)).Reason);
        await changed.StopAsync(TestContext.Current.CancellationToken);

        harness.Engine(right);
        Assert.True(await harness.Operator.UnparkAsync("one", TestContext.Current.CancellationToken));
        Assert.Equal(2, await harness.OutputAsync<int>("one"));
        Assert.Equal(1, await harness.LedgerAsync());
    }

    [Fact]
    public async Task A_version_that_no_worker_knows_waits_and_is_listed()
    {
        await using var harness = await Harness.CreateAsync();
        var next = Sum with { Version = 2 };
        var engine = harness.Engine(builder => builder.Workflow(Sum, (_, input) => Task.FromResult(input)));
        await harness.StartAsync(next, "new", 1, engine.Client);
        await harness.StartAsync(Sum, "old", 1, engine.Client);
        Assert.Equal(1, await harness.OutputAsync<int>("old"));

        var unsupported = Assert.Single(await harness.Operator.ListUnsupportedAsync(TestContext.Current.CancellationToken));
        Assert.Equal(("Sum", 2, 1L), (unsupported.Workflow, unsupported.Version, unsupported.Instances));
        Assert.True(await harness.Operator.QueueAgeAsync(TestContext.Current.CancellationToken) > TimeSpan.Zero);
        Assert.Equal(1, (await harness.Operator.CountAsync(TestContext.Current.CancellationToken))["pending"]);
        harness.Engine(builder => builder.Workflow(next, (_, input) => Task.FromResult(input + 1)));
        Assert.Equal(2, await harness.OutputAsync<int>("new"));
    }

    [Theory]
    [InlineData("foreign await")]
    [InlineData("foreign await beside a step")]
    [InlineData("left its thread")]
    [InlineData("two waits")]
    [InlineData("not awaited")]
    [InlineData("unknown activity")]
    public async Task A_workflow_that_breaks_the_rules_of_the_port_is_parked(string violation)
    {
        await using var harness = await Harness.CreateAsync();
        var engine = harness.Engine(builder => builder
            .Workflow(Sum, async (context, input) =>
            {
                switch (violation)
                {
                    case "foreign await":
                        await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
                        break;
                    case "foreign await beside a step":
                        var step = context.CallAsync(AddOne, 0);
                        await Task.Delay(1, TestContext.Current.CancellationToken);
                        return await step;
                    case "left its thread":
                        await Task.Run(() => context.CallAsync(AddOne, 0));
                        break;
                    case "two waits":
                        await Task.WhenAll(context.WaitForEventAsync(Approved, TimeSpan.FromHours(1)), context.CallAsync(AddOne, 0));
                        break;
                    case "not awaited":
                        _ = context.CallAsync(AddOne, 0);
                        break;
                    default:
                        return await context.CallAsync(new Activity<int, int>("Unknown"), 0);
                }

                return input;
            })
            .Activity(AddOne, async (input, _, token) =>
            {
                await Task.Delay(100, token);
                return input;
            }));

        await harness.StartAsync(Sum, "one", 1, engine.Client);

        await harness.UntilAsync("one", "parked");
    }

    [Fact]
    public async Task A_result_is_seen_the_first_time_as_on_every_replay()
    {
        await using var harness = await Harness.CreateAsync();
        var list = new Activity<int, Dictionary<string, int>>("List");
        var engine = harness.Engine(builder => builder
            .Workflow(Sum, async (context, input) =>
            {
                // jsonb has an order of its own; the workflow asks for steps in the order that it sees.
                var sum = 0;
                foreach (var (_, value) in await context.CallAsync(list, input))
                {
                    sum = (10 * sum) + await context.CallAsync(AddOne, value);
                }

                return (await context.WaitForEventAsync(Approved, TimeSpan.FromHours(1))).TimedOut ? -1 : sum;
            })
            .Activity(list, _ => new Dictionary<string, int>(StringComparer.Ordinal) { ["the longest key"] = 1, ["key"] = 2 })
            .Activity(AddOne, input => input + 1));

        await harness.StartAsync(Sum, "one", 1, engine.Client);
        await harness.UntilAsync("one", "waiting");
        await harness.RaiseAsync("one", Approved, "k", "yes");

        Assert.Equal(32, await harness.OutputAsync<int>("one"));
    }

    [Fact]
    public async Task A_failure_is_seen_the_first_time_as_on_every_replay()
    {
        await using var harness = await Harness.CreateAsync();
        var fail = new Activity<int, int>("Fail");
        var echo = new Activity<string, int>("Echo");
        var engine = harness.Engine(builder => builder
            .Workflow(Sum, async (context, input) =>
            {
                try
                {
                    return await context.CallAsync(fail, input);
                }
                catch (ActivityFailedException failed)
                {
                    var length = await context.CallAsync(echo, failed.Failure.Message);
                    return (await context.WaitForEventAsync(Approved, TimeSpan.FromHours(1))).TimedOut ? -1 : length;
                }
            })
            .Activity(fail, int (int _) => throw new InvalidOperationException("cannot\0hold \uD800 " + new string('x', 20_000)))
            .Activity(echo, (string input) => input.Length));

        await harness.StartAsync(Sum, "one", 1, engine.Client);
        await harness.UntilAsync("one", "waiting");
        await harness.RaiseAsync("one", Approved, "k", "yes");

        Assert.Equal(16_384, await harness.OutputAsync<int>("one"));
    }

    [Fact]
    public async Task Terminal_is_final_and_only_a_replay_reopens_the_dead()
    {
        await using var harness = await Harness.CreateAsync();
        var engine = harness.Engine(builder => builder
            .Workflow(Sum, (context, input) => input == 0 ? throw new InvalidOperationException("a bug") : context.CallAsync(AddOne, input))
            .Activity(AddOne, input => input + 1));
        await harness.StartAsync(Sum, "good", 1, engine.Client);
        await harness.StartAsync(Sum, "bad", 0, engine.Client);
        await harness.UntilAsync("good", "completed");
        await harness.UntilAsync("bad", "dead");

        foreach (var (statement, constraint) in new[]
        {
            ("UPDATE durable.instance SET status = 'pending', wake_at = now(), finished_at = NULL, output = NULL, reason = NULL, failure = NULL", "instance_terminal_is_final"),
            ("UPDATE durable.instance SET output = '7' WHERE instance_id = 'good'", "instance_terminal_is_final"),
            ("SET durable.replaying = 'good'; UPDATE durable.instance SET status = 'pending', wake_at = now(), finished_at = NULL, output = NULL WHERE instance_id = 'good'", "instance_terminal_is_final"),
            ("UPDATE durable.instance SET epoch = epoch - 1", "instance_epoch_never_decreases"),
            ("UPDATE durable.step SET result = '7'", "step_recorded_is_final"),
            ("DELETE FROM durable.step", "step_recorded_is_final"),
        })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => harness.ExecuteAsync(statement));
            Assert.Equal(constraint, refused.ConstraintName);
        }

        Assert.Equal(2, await harness.Operator.PurgeAsync(TimeSpan.Zero, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(0, await harness.ScalarAsync<long>("SELECT count(*) FROM durable.step"));
    }

    [Fact]
    public async Task The_status_for_people_is_visible_while_an_activity_runs()
    {
        await using var harness = await Harness.CreateAsync();
        var seen = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var engine = harness.Engine(builder => builder
            .Workflow(Sum, (context, input) =>
            {
                context.SetStatus("reading pages");
                return context.CallAsync(AddOne, input);
            })
            .Activity(AddOne, async (input, _, token) => await seen.Task.WaitAsync(token) ? input : -1));
        await harness.StartAsync(Sum, "one", 1, engine.Client);

        await DocPipeline.Testing.Eventually.IsTrueAsync(
            async () => await harness.ScalarAsync<string>("SELECT label FROM durable.instance WHERE status = 'running'") == "reading pages", "the status is shown");
        seen.SetResult(true);
        Assert.Equal(1, await harness.OutputAsync<int>("one"));
    }
}
