using DocPipeline.Testing;
using DocPipeline.Workflow;
using static DocPipeline.Durable.Tests.Names;

namespace DocPipeline.Durable.Tests;

public sealed class RecoveryTests
{
    [Fact]
    public async Task What_a_lost_worker_held_is_taken_over_and_no_recorded_step_runs_again()
    {
        await using var harness = await Harness.CreateAsync();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isSecond = false;
        void Register(DurableBuilder builder) => builder
            .Workflow(Sum, async (context, input) => await context.CallAsync(Twice, await context.CallAsync(AddOne, input)))
            .Activity(AddOne, (input, context, _) =>
            {
                context.CommitWith(Harness.Note(context, "add"));
                return Task.FromResult(input + 1);
            })
            .Activity(Twice, async (input, _, token) =>
            {
                reached.TrySetResult();
                await Task.Delay(isSecond ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, token);
                return input * 2;
            });

        var first = harness.Engine(Register, Harness.Quick with { Lease = TimeSpan.FromSeconds(1) });
        await harness.StartAsync(Sum, "one", 1, first.Client);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await first.KillAsync();
        Assert.Equal("running", await harness.StatusAsync("one"));
        isSecond = true;
        harness.Engine(Register);

        Assert.Equal(4, await harness.OutputAsync<int>("one"));
        Assert.Equal(1, await harness.LedgerAsync());
        Assert.Equal(2, await harness.ScalarAsync<long>("SELECT epoch FROM durable.instance"));
    }

    [Fact]
    public async Task A_zombie_with_a_stale_epoch_commits_nothing()
    {
        await using var harness = await Harness.CreateAsync();
        var (entered, release) = (new SemaphoreSlim(0), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var runs = 0;
        void Register(DurableBuilder builder) => builder
            .Workflow(Sum, (context, input) => context.CallAsync(AddOne, input))
            .Activity(AddOne, async (input, context, _) =>
            {
                var isZombie = Interlocked.Increment(ref runs) == 1;
                context.CommitWith(Harness.Note(context, isZombie ? "zombie" : "living"));
                entered.Release();
                if (isZombie)
                {
                    await release.Task;
                }

                return isZombie ? -1 : input + 1;
            });

        var first = harness.Engine(Register, Harness.Quick with { Lease = TimeSpan.FromSeconds(60) });
        await harness.StartAsync(Sum, "one", 1, first.Client);
        Assert.True(await entered.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        // As after a freeze of the whole process: the database forgets the worker, the worker does not know.
        await harness.ExecuteAsync("DELETE FROM durable.worker");
        harness.Engine(Register);

        Assert.Equal(2, await harness.OutputAsync<int>("one"));
        release.SetResult();
        await first.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal("living", await harness.ScalarAsync<string>("SELECT string_agg(note, ',') FROM ledger"));
        Assert.Equal("2", await harness.ScalarAsync<string>("SELECT result::text FROM durable.step"));
    }

    [Fact]
    public async Task A_worker_that_lost_its_lease_stops_its_work_and_continues_under_a_new_id()
    {
        await using var harness = await Harness.CreateAsync();
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var runs = 0;
        var engine = harness.Engine(
            builder => builder
                .Workflow(Sum, (context, input) => context.CallAsync(AddOne, input))
                .Activity(AddOne, async (input, _, token) =>
                {
                    if (Interlocked.Increment(ref runs) == 1)
                    {
                        token.Register(cancelled.SetResult);
                        await Task.Delay(Timeout.Infinite, token);
                    }

                    return input + 1;
                }),
            Harness.Quick with { Lease = TimeSpan.FromSeconds(1) });
        await harness.StartAsync(Sum, "one", 1, engine.Client);
        await Eventually.IsTrueAsync(() => Task.FromResult(Volatile.Read(ref runs) == 1), "the activity runs");
        await harness.ExecuteAsync("UPDATE durable.worker SET expires_at = now() - interval '1 s'");

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(2, await harness.OutputAsync<int>("one"));
    }

    [Fact]
    public async Task An_instance_that_always_takes_its_worker_down_ends_dead_with_a_reason()
    {
        await using var harness = await Harness.CreateAsync();
        await harness.StartAsync(Sum, "poison", 1);
        await harness.ExecuteAsync("UPDATE durable.instance SET claims_without_progress = 8");
        harness.Engine(builder => builder.Workflow(Sum, (context, input) => context.CallAsync(AddOne, input)).Activity(AddOne, input => input));

        await harness.UntilAsync("poison", "dead");

        Assert.Contains("Claimed 8 times", Assert.Single(await harness.Operator.ListDeadAsync(cancellationToken: TestContext.Current.CancellationToken)).Reason);
    }

    [Fact]
    public async Task Claims_without_progress_are_counted_until_a_step_is_recorded()
    {
        await using var harness = await Harness.CreateAsync();
        await harness.StartAsync(Sum, "one", 1);
        for (var claim = 1; claim <= 2; claim++)
        {
            var hang = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var engine = harness.Engine(
                builder => builder.Workflow(Sum, (context, input) => context.CallAsync(AddOne, input)).Activity(AddOne, async (input, _, token) =>
                {
                    hang.TrySetResult();
                    await Task.Delay(Timeout.Infinite, token);
                    return input;
                }),
                Harness.Quick with { Lease = TimeSpan.FromMilliseconds(600) });
            await hang.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            // The second time it is a suspect, and counted once more when it begins.
            Assert.Equal(claim == 1 ? 1 : 3, await harness.ScalarAsync<int>("SELECT claims_without_progress FROM durable.instance"));
            await engine.KillAsync();
        }
    }

    [Fact]
    public async Task An_instance_that_takes_its_workers_down_does_not_take_those_along_that_wait_beside_it()
    {
        await using var harness = await Harness.CreateAsync();
        var options = Harness.Quick with { Lease = TimeSpan.FromMilliseconds(600), MaxActivities = 1, MaxClaimsWithoutProgress = 4 };
        await Task.WhenAll(Enumerable.Range(1, 10).Select(number => harness.StartAsync(Sum, $"innocent-{number}", 1)));
        await harness.StartAsync(Sum, "poison", 0);
        await harness.ExecuteAsync("UPDATE durable.instance SET wake_at = now() - interval '1 h' WHERE instance_id = 'poison'");
        while (await harness.StatusAsync("poison") != "dead")
        {
            // Whoever begins the poison is gone, together with everything else it held.
            var crash = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var engine = harness.Engine(
                builder => builder.Workflow(Sum, (context, input) => context.CallAsync(AddOne, input)).Activity(AddOne, async (input, _, token) =>
                {
                    if (input == 0)
                    {
                        crash.TrySetResult();
                        await Task.Delay(Timeout.Infinite, token);
                    }

                    return input;
                }),
                options);
            await Eventually.IsTrueAsync(async () => crash.Task.IsCompleted || await harness.StatusAsync("poison") == "dead", "the poison runs or is dead");
            if (crash.Task.IsCompleted)
            {
                await engine.KillAsync();
            }
        }

        await harness.UntilAllAsync("completed", 10);
    }

    [Fact]
    public async Task Terminated_backends_are_survived_in_the_middle_of_the_work()
    {
        await using var harness = await Harness.CreateAsync();
        var engine = harness.Engine(Chain(5));
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => harness.StartAsync(Sum, $"{i}", 0, engine.Client)));
        for (var i = 0; i < 6; i++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            await harness.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'DocPipeline' AND datname = current_database()");
        }

        await harness.UntilAllAsync("completed", 60);
        Assert.Equal(300, await harness.LedgerAsync());
        Assert.Equal(60, await harness.ScalarAsync<long>("SELECT count(*) FROM durable.instance WHERE output = '5'"));
    }

    [Fact]
    public async Task Two_engines_racing_for_two_hundred_instances_run_each_effect_once()
    {
        await using var harness = await Harness.CreateAsync();
        harness.Engine(Chain(3));
        harness.Engine(Chain(3));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async lane =>
        {
            for (var i = 0; i < 50; i++)
            {
                await harness.StartAsync(Sum, $"{lane}-{i}", 0);
            }
        }));

        await harness.UntilAllAsync("completed", 200);
        Assert.Equal(600, await harness.LedgerAsync());
        Assert.Equal(200, await harness.ScalarAsync<long>("SELECT count(*) FROM durable.instance WHERE output = '3' AND epoch = 1"));
    }

    [Fact]
    public async Task An_orderly_stop_lets_activities_finish_and_gives_everything_back()
    {
        await using var harness = await Harness.CreateAsync();
        var (entered, release) = (new SemaphoreSlim(0), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        void Register(DurableBuilder builder) => builder
            .Workflow(Sum, async (context, input) => await context.CallAsync(AddOne, await context.CallAsync(Twice, input)))
            .Activity(Twice, async (input, _, token) =>
            {
                entered.Release();
                await release.Task.WaitAsync(token);
                return input * 2;
            })
            .Activity(AddOne, input => input + 1);

        var first = harness.Engine(Register);
        await harness.StartAsync(Sum, "one", 2, first.Client);
        Assert.True(await entered.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        var stop = first.StopAsync(TestContext.Current.CancellationToken);
        release.SetResult();
        await stop;

        Assert.Equal("pending", await harness.StatusAsync("one"));
        Assert.Equal("4", await harness.ScalarAsync<string>("SELECT result::text FROM durable.step"));
        Assert.Equal(0, await harness.ScalarAsync<long>("SELECT count(*) FROM durable.worker"));
        harness.Engine(Register);
        Assert.Equal(5, await harness.OutputAsync<int>("one"));
    }

    [Fact]
    public async Task A_stop_that_takes_too_long_cancels_and_gives_back()
    {
        await using var harness = await Harness.CreateAsync();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var engine = harness.Engine(
            builder => builder.Workflow(Sum, (context, input) => context.CallAsync(AddOne, input)).Activity(AddOne, async (input, _, token) =>
            {
                entered.TrySetResult();
                await Task.Delay(Timeout.Infinite, token);
                return input;
            }),
            Harness.Quick with { ShutdownTimeout = TimeSpan.FromMilliseconds(200) });
        await harness.StartAsync(Sum, "one", 1, engine.Client);
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        await engine.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal("pending", await harness.StatusAsync("one"));
        Assert.Equal(0, await harness.ScalarAsync<long>("SELECT count(*) FROM durable.step"));
    }

    private static Action<DurableBuilder> Chain(int length) => builder => builder
        .Workflow(Sum, async (context, input) =>
        {
            for (var i = 0; i < length; i++)
            {
                input = await context.CallAsync(AddOne, input, Impatient with { MaxAttempts = 20 });
            }

            return input;
        })
        .Activity(AddOne, (input, context, _) =>
        {
            context.CommitWith(Harness.Note(context, "add"));
            return Task.FromResult(input + 1);
        });
}
