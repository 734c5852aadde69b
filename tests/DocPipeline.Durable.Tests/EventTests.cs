using DocPipeline.Workflow;
using static DocPipeline.Durable.Tests.Names;

namespace DocPipeline.Durable.Tests;

public sealed class EventTests
{
    private static readonly WorkflowName<int, string> Review = new("Review", 1);

    [Fact]
    public async Task A_waiting_instance_holds_no_slot_and_an_event_wakes_it()
    {
        await using var harness = await Harness.CreateAsync();
        var engine = harness.Engine(Register(TimeSpan.FromDays(30)), Harness.Quick with { MaxInstances = 1 });

        await harness.StartAsync(Review, "one", 1, engine.Client);
        await harness.UntilAsync("one", "waiting");
        await harness.StartAsync(Review, "two", 1, engine.Client);
        await harness.UntilAsync("two", "waiting");
        await harness.RaiseAsync("one", new EventName<string>("Unrelated"), "k0", "noise");
        Assert.Equal("waiting", await harness.StatusAsync("one"));
        await harness.RaiseAsync("one", Approved, "k1", "yes");

        Assert.Equal("yes", await harness.OutputAsync<string>("one"));
        Assert.Equal("waiting", await harness.StatusAsync("two"));
    }

    [Fact]
    public async Task An_event_that_comes_before_the_wait_is_kept_and_a_repeated_one_is_taken_once()
    {
        await using var harness = await Harness.CreateAsync();
        var workflow = new WorkflowName<int, string>("Three", 1);
        await harness.StartAsync(workflow, "one", 1);
        foreach (var _ in Enumerable.Range(0, 10))
        {
            await harness.RaiseAsync("one", Approved, "k1", "first");
        }

        await harness.RaiseAsync("one", Approved, "k2", "second");
        harness.Engine(builder => builder.Workflow(workflow, async (context, _) =>
        {
            var outcomes = new List<string>();
            for (var i = 0; i < 3; i++)
            {
                var outcome = await context.WaitForEventAsync(Approved, TimeSpan.FromMilliseconds(300));
                outcomes.Add(outcome.TimedOut ? "time-out" : outcome.Payload!);
            }

            return string.Join(' ', outcomes);
        }));

        Assert.Equal("first second time-out", await harness.OutputAsync<string>("one"));
    }

    [Fact]
    public async Task An_event_for_an_instance_that_has_ended_or_never_was_is_dropped()
    {
        await using var harness = await Harness.CreateAsync();
        var engine = harness.Engine(Register(TimeSpan.Zero));
        await harness.StartAsync(Review, "one", 1, engine.Client);
        Assert.Equal("time-out", await harness.OutputAsync<string>("one"));

        await harness.RaiseAsync("one", Approved, "k", "late");
        await harness.RaiseAsync("nobody", Approved, "k", "lost");

        Assert.Equal(0, await harness.ScalarAsync<long>("SELECT count(*) FROM durable.inbox"));
    }

    [Fact]
    public async Task When_an_event_races_its_time_out_exactly_one_of_them_is_recorded()
    {
        await using var harness = await Harness.CreateAsync();
        var engine = harness.Engine(Register(TimeSpan.FromMilliseconds(150)));
        var ids = Enumerable.Range(0, 60).Select(i => $"race-{i}").ToList();
        await Task.WhenAll(ids.Chunk(15).Select(async chunk =>
        {
            foreach (var id in chunk)
            {
                await harness.StartAsync(Review, id, 1, engine.Client);
            }

            foreach (var id in chunk)
            {
                await Task.Delay(Random.Shared.Next(10), TestContext.Current.CancellationToken);
                await harness.RaiseAsync(id, Approved, "k", "yes");
            }
        }));
        await harness.UntilAllAsync("completed", ids.Count);

        Assert.Equal(0, await harness.ScalarAsync<long>(
            "SELECT count(*) FROM durable.instance i LEFT JOIN durable.inbox x ON x.instance_id = i.instance_id AND x.taken_by_step = 1 WHERE (output #>> '{}' = 'yes') <> (x.seq IS NOT NULL)"));
    }

    [Fact]
    public async Task No_wake_up_is_lost_while_instances_go_to_sleep()
    {
        await using var harness = await Harness.CreateAsync();
        var ping = new WorkflowName<int, int>("Ping", 1);
        var engine = harness.Engine(builder => builder.Workflow(ping, async (context, rounds) =>
        {
            var seen = 0;
            for (var i = 0; i < rounds; i++)
            {
                seen += (await context.WaitForEventAsync(Approved, TimeSpan.FromHours(1))).TimedOut ? 0 : 1;
            }

            return seen;
        }));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            await harness.StartAsync(ping, $"{i}", 15, engine.Client);
            for (var n = 0; n < 15; n++)
            {
                await harness.RaiseAsync($"{i}", Approved, $"{n}", "x");
                await Task.Delay(Random.Shared.Next(8), TestContext.Current.CancellationToken);
            }
        }));

        await harness.UntilAllAsync("completed", 8);
    }

    [Fact]
    public async Task An_event_that_commits_while_the_instance_is_falling_asleep_keeps_it_awake()
    {
        await using var harness = await Harness.CreateAsync();
        // Statement triggers fire after the snapshot is taken: every update of a worker then sees the past for half a second.
        await harness.ExecuteAsync(
            """
            CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS
              $$ BEGIN IF current_user = 'docpipeline_worker' THEN PERFORM pg_sleep(0.5); END IF; RETURN NULL; END $$;
            CREATE TRIGGER dawdle BEFORE UPDATE ON durable.instance FOR EACH STATEMENT EXECUTE FUNCTION dawdle()
            """);
        var engine = harness.Engine(Register(TimeSpan.FromDays(1)));
        await harness.StartAsync(Review, "one", 1, engine.Client);
        await DocPipeline.Testing.Eventually.IsTrueAsync(
            async () => await harness.ScalarAsync<long>(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep' AND query LIKE '%slept AS%'") > 0,
            "the instance is about to sleep");
        await harness.RaiseAsync("one", Approved, "k", "yes");

        Assert.Equal("yes", await harness.OutputAsync<string>("one"));
        Assert.Equal(1, await harness.ScalarAsync<long>("SELECT epoch FROM durable.instance"));
    }

    [Fact]
    public async Task A_sleeping_instance_wakes_at_its_time_and_a_time_in_the_past_returns_at_once()
    {
        await using var harness = await Harness.CreateAsync();
        var sleep = new WorkflowName<int, DateTimeOffset[]>("Sleep", 1);
        var engine = harness.Engine(builder => builder.Workflow(sleep, async (context, _) =>
        {
            var begin = context.Now;
            await context.SleepUntilAsync(begin - TimeSpan.FromDays(1));
            await context.SleepUntilAsync(begin + TimeSpan.FromMilliseconds(700));
            return [begin, context.Now];
        }));

        await harness.StartAsync(sleep, "one", 1, engine.Client);
        await harness.UntilAsync("one", "waiting");
        await harness.RaiseAsync("one", Approved, "k", "does not wake a sleeper");
        Assert.Equal("waiting", await harness.StatusAsync("one"));

        var times = await harness.OutputAsync<DateTimeOffset[]>("one");
        Assert.True(times[1] - times[0] >= TimeSpan.FromMilliseconds(700));
        Assert.Equal(1, await harness.ScalarAsync<long>("SELECT epoch - 1 FROM durable.instance"));
    }

    private static Action<DurableBuilder> Register(TimeSpan timeout) => builder => builder.Workflow(Review, async (context, _) =>
    {
        var outcome = await context.WaitForEventAsync(Approved, timeout);
        return outcome.TimedOut ? "time-out" : outcome.Payload!;
    });
}
