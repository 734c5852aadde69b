using DocPipeline.Durable.FaultTests.Machines;
using DocPipeline.Durable.FaultWorker.Scripts;
using DocPipeline.Testing;
using DocPipeline.Testing.Wire;
using Npgsql;

namespace DocPipeline.Durable.FaultTests.Outages;

/// <summary>Packets are dropped and nobody is told: no connection breaks, no answer comes. Each round trip by itself is in the tests of round trips.</summary>
public sealed class SilenceTests
{
    private static readonly Case[] Cases =
        [.. Enumerable.Range(0, 60).Select(i => new Case($"silence-{i}", new Call(1), new FanOut([new(2), new(3, Milliseconds: 100)]), new Call(4, Milliseconds: 50), new Call(5)))];

    [Fact]
    public async Task When_all_connections_fall_silent_at_once_nothing_waits_for_the_time_out_of_a_command()
    {
        await using var machine = await FaultMachine.CreateAsync();
        var engine = machine.Engine(new FaultPlan(), FaultMachine.Quick with { Lease = TimeSpan.FromSeconds(3) }, "Command Timeout=600");
        await StartAsync(machine);
        await machine.UntilTrueAsync("SELECT count(*) >= 40 FROM durable.step", "work is under way");

        engine.Proxy!.SilenceAll();

        await machine.UntilCompletedAsync(Cases.Length, TimeSpan.FromSeconds(40));
        Violations.None(await machine.CheckAsync(Cases));
    }

    [Fact]
    public async Task A_step_that_is_written_alone_when_all_falls_silent_does_not_wait_for_the_time_out_of_a_command()
    {
        await using var machine = await FaultMachine.CreateAsync();
        Case[] cases = [new("one", new Call(1, Milliseconds: 500), new Call(2))];
        var engine = machine.Engine(new FaultPlan(), FaultMachine.Quick with { Lease = TimeSpan.FromSeconds(3) }, "Command Timeout=600");
        await machine.Client().StartAsync(cases[0]);
        await machine.UntilAsync("one", "running");
        // Somebody holds the instance, so that its step is not written with others.
        await using (var other = await machine.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken))
        await using (var transaction = await other.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await using var hold = new NpgsqlCommand("SELECT FROM durable.instance FOR UPDATE", other, transaction);
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await machine.UntilTrueAsync("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')", "the step is written alone");

            engine.Proxy!.SilenceAll();
        }

        await machine.UntilCompletedAsync(1, TimeSpan.FromSeconds(40));
        Violations.None(await machine.CheckAsync(cases));
    }

    [Fact]
    public async Task What_the_network_delivers_after_a_silence_longer_than_the_lease_does_no_harm()
    {
        await using var machine = await FaultMachine.CreateAsync();
        var (plan, heal) = (new FaultPlan(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        machine.Engine(plan);
        await StartAsync(machine);
        await machine.UntilTrueAsync("SELECT count(*) >= 40 FROM durable.step", "work is under way");

        plan.Hold = _ => heal.Task;
        await machine.UntilTrueAsync("SELECT bool_and(expires_at < now()) FROM durable.worker", "the lease has expired");
        var other = machine.Engine();
        await machine.UntilTrueAsync("SELECT count(*) >= 10 FROM durable.instance WHERE status = 'completed'", "another one has taken over");
        heal.SetResult();

        await machine.UntilCompletedAsync(Cases.Length);
        await other.StopAsync();
        Violations.None(await machine.CheckAsync(Cases, workersMayBeLate: true));
    }

    [Fact]
    public async Task A_claim_that_is_delivered_when_nobody_waits_for_it_any_more_is_given_back()
    {
        await using var machine = await FaultMachine.CreateAsync();
        Case[] cases = [new("one", new Call(1))];
        var plan = new FaultPlan();
        plan.HoldLate = () => Eventually.IsTrueAsync(() => Task.FromResult(plan.Seen.GetValueOrDefault("Claims/release_unknown.sql") > 0), "the engine has put its claims in order");
        machine.Engine(plan, FaultMachine.Quick with { Lease = TimeSpan.FromSeconds(6) }, "Command Timeout=1;Cancellation Timeout=-1");
        await Eventually.IsTrueAsync(() => Task.FromResult(plan.Seen.ContainsKey("Claims/claim.sql")), "the engine looks for work");

        // The next claim is kept by the network; by the time it comes the instance is there.
        plan.Add("Claims/claim.sql", Fault.DeliverLate);
        await Eventually.IsTrueAsync(() => Task.FromResult(plan.IsDone), "a claim is under way");
        plan.Hold = made => made == "Claims/claim.sql" ? machine.UntilTrueAsync("SELECT epoch > 0 FROM durable.instance", "the late claim has come") : Task.CompletedTask;
        await machine.Client().StartAsync(cases[0]);
        await machine.UntilAsync("one", "running");

        await machine.UntilCompletedAsync(1, TimeSpan.FromSeconds(40));
        Violations.None(await machine.CheckAsync(cases));
    }

    private static async Task StartAsync(FaultMachine machine)
    {
        var client = machine.Client();
        foreach (var instance in Cases)
        {
            await client.StartAsync(instance);
        }
    }
}
