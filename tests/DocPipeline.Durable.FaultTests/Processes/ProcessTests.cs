using DocPipeline.Durable.FaultTests.Machines;
using DocPipeline.Durable.FaultTests.RandomWork;
using DocPipeline.Durable.FaultWorker.Scripts;
using DocPipeline.Testing;

namespace DocPipeline.Durable.FaultTests.Processes;

/// <summary>Real worker processes, killed and stopped.</summary>
public sealed class ProcessTests
{
    [Fact]
    public Task Workers_killed_at_random_moments_lose_nothing_and_do_nothing_twice() => KillAsync(seed: 7, cases: 60, kills: 8);

    /// <summary>Not part of the suite: <c>DocPipeline.Durable.FaultTests -explicit only -method '*A_thousand_instances*'</c>.</summary>
    [Fact(Explicit = true)]
    public Task A_thousand_instances_outlive_a_hundred_kills() => KillAsync(seed: 8, cases: 1000, kills: 100);

    [Fact]
    public async Task A_frozen_worker_that_thaws_after_three_leases_writes_nothing_and_works_on_under_a_new_id()
    {
        await using var machine = await FaultMachine.CreateAsync();
        var client = machine.Client();
        Case[] cases = [.. Enumerable.Range(0, 8).Select(i => new Case($"frozen-{i}", new Call(1, Deed.Store), new Call(2, Deed.Store, Milliseconds: 400), new Call(3, Deed.Store)))];
        var frozen = machine.Process();
        foreach (var instance in cases)
        {
            await client.StartAsync(instance);
        }

        await machine.UntilTrueAsync("SELECT count(*) = 8 FROM durable.step WHERE step_no = 1", "it is in the middle of all");
        frozen.Signal("STOP");
        var other = machine.Process();
        await machine.UntilCompletedAsync(cases.Length);
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken); // three leases of a second in all
        frozen.Signal("CONT");
        await machine.UntilTrueAsync("SELECT count(*) = 2 FROM durable.worker WHERE expires_at > now()", "it has a new id");
        other.Signal("TERM");
        Assert.Equal(0, await other.EndAsync());
        Case after = new("after", new Call(4, Deed.Store));
        await client.StartAsync(after);
        await machine.UntilCompletedAsync(cases.Length + 1);
        frozen.Signal("TERM");
        Assert.Equal(0, await frozen.EndAsync());

        Violations.None(await machine.CheckAsync([.. cases, after], workersMayBeLate: true));
        Assert.Equal([], frozen.Errors);
        Assert.Equal(0, await machine.ScalarAsync<long>("SELECT count(*) FROM durable.worker"));
    }

    [Fact]
    public async Task Clocks_hours_apart_make_no_difference()
    {
        await using var machine = await FaultMachine.CreateAsync();
        var client = machine.Client();
        WorkerProcess[] workers = [machine.Process(settings => settings with { ClockHoursOff = 5 }), machine.Process(settings => settings with { ClockHoursOff = -5 })];
        Case[] cases =
        [
            .. Enumerable.Range(0, 20).Select(i => new Case(
                $"skewed-{i}", new Sleep(50), new Call(1, Deed.Store, Failures: 1, Attempts: 2), new Wait("never", Arrival.Never), new Wait("early", Arrival.Early), new Call(2, Milliseconds: 100))),
        ];
        foreach (var instance in cases)
        {
            await client.StartAsync(instance);
        }

        await machine.UntilCompletedAsync(cases.Length);

        Violations.None(await machine.CheckAsync(cases));
        Violations.None([.. workers.SelectMany(worker => worker.Errors)]);
        Assert.Equal("t", await machine.ScalarAsync<string>("SELECT bool_and(recorded_at BETWEEN now() - interval '5 min' AND now())::text::char FROM durable.step"));
        Assert.Equal(0, await machine.ScalarAsync<long>("SELECT count(*) FROM durable.worker WHERE expires_at > now() + interval '1 min'"));
    }

    [Fact]
    public async Task An_instance_that_kills_every_worker_ends_dead_and_takes_nobody_along()
    {
        await using var machine = await FaultMachine.CreateAsync();
        var client = machine.Client();
        await client.StartAsync(new("poison", new Call(1), new Call(2, Deed.Kill)));
        Case[] cases = [.. Enumerable.Range(0, 10).Select(i => new Case($"innocent-{i}", new Call(1, Deed.Store), new Call(2, Milliseconds: 50), new Call(3, Deed.Store)))];
        foreach (var instance in cases)
        {
            await client.StartAsync(instance);
        }

        var worker = machine.Process(Hasty);
        await Eventually.IsTrueAsync(
            async () =>
            {
                worker = worker.HasExited ? machine.Process(Hasty) : worker;
                return await machine.ScalarAsync<string>("SELECT status FROM durable.instance WHERE instance_id = 'poison'") == "dead";
            },
            "the poison is dead", TimeSpan.FromSeconds(60));
        await machine.UntilCompletedAsync(cases.Length);

        Violations.None(await machine.CheckAsync(cases));
        Assert.Contains("takes its worker down", await machine.ScalarAsync<string>("SELECT reason FROM durable.instance WHERE instance_id = 'poison'"), StringComparison.Ordinal);

        static FaultWorker.WorkerSettings Hasty(FaultWorker.WorkerSettings settings) => settings with { MaxClaimsWithoutProgress = 4 };
    }

    private static async Task KillAsync(int seed, int cases, int kills)
    {
        await using var machine = await FaultMachine.CreateAsync();
        var dice = new Random(seed);
        var scripts = new RandomScripts(seed).Cases(cases);
        var driving = RandomWorkTests.DriveAsync(machine.Client(), scripts, new Random(seed));
        WorkerProcess[] workers = [machine.Process(), machine.Process()];
        for (var kill = 0; kill < kills; kill++)
        {
            var victim = dice.Next(workers.Length);
            await workers[victim].IsUp.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            await Task.Delay(TimeSpan.FromMilliseconds(dice.Next(600)), TestContext.Current.CancellationToken);
            Assert.Equal([], workers[victim].Errors);
            workers[victim].Kill();
            workers[victim] = machine.Process();
        }

        await driving;
        await machine.UntilTrueAsync("SELECT NOT EXISTS (SELECT FROM durable.instance WHERE finished_at IS NULL)", "all have ended", TimeSpan.FromSeconds(60));
        Violations.None(await machine.CheckAsync(scripts));
        Violations.None(await machine.ReplayAsync());
        Violations.None([.. workers.SelectMany(worker => worker.Errors)]);
    }
}
