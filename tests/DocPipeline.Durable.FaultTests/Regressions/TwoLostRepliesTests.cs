using DocPipeline.Durable.FaultTests.Machines;
using DocPipeline.Durable.FaultWorker.Scripts;
using DocPipeline.Testing.Wire;

namespace DocPipeline.Durable.FaultTests.Regressions;

/// <summary>Two replies lost one after the other, as in a Postgres that restarts twice.</summary>
public sealed class TwoLostRepliesTests
{
    [Fact]
    public async Task An_instance_claimed_again_while_its_former_run_still_asks_whether_it_sleeps_is_not_left_to_nobody()
    {
        await using var machine = await FaultMachine.CreateAsync();
        Case[] cases = [new("one", new Sleep(50), new Call(1))];
        var plan = new FaultPlan().Add("Waits/suspend.sql", Fault.LoseReply);
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isClaimed = false;
        plan.Hold = async roundTrip =>
        {
            switch (roundTrip)
            {
                // The former run hears nothing until the queue has been put in order.
                case "Steps/own.sql":
                    await released.Task;
                    break;
                case "Claims/claim.sql" when plan.Seen.ContainsKey("Waits/suspend.sql") && !isClaimed:
                    await machine.UntilTrueAsync("SELECT status = 'waiting' AND wake_at <= now() FROM durable.instance", "the instance is due");
                    isClaimed = true;
                    plan.Add(roundTrip, Fault.LoseReply);
                    break;
                case "Claims/claim.sql" when plan.Seen.ContainsKey("Claims/release_unknown.sql"):
                    released.TrySetResult();
                    break;
            }
        };
        machine.Engine(plan, FaultMachine.Quick with { Lease = TimeSpan.FromSeconds(60) });
        await machine.Client().StartAsync(cases[0]);

        await machine.UntilCompletedAsync(1, TimeSpan.FromSeconds(15));
        Violations.None(await machine.CheckAsync(cases));
    }

    [Fact]
    public async Task The_beginning_of_a_suspect_is_counted_once_however_often_it_is_told()
    {
        await using var machine = await FaultMachine.CreateAsync();
        var client = machine.Client();
        Case[] cases = [new("suspect", new Call(1, Milliseconds: 600))];
        await client.StartAsync(cases[0]);
        await machine.ExecuteAsync("UPDATE durable.instance SET claims_without_progress = 2");
        var plan = new FaultPlan().Add("Instances/begin_alone.sql", Fault.LoseReply, times: 3);
        machine.Engine(plan, FaultMachine.Quick with { Lease = TimeSpan.FromSeconds(60) });

        await machine.UntilTrueAsync("SELECT claims_without_progress >= 3 FROM durable.instance", "it has begun");
        while (!plan.IsDone)
        {
            Assert.Equal(3, await machine.ScalarAsync<int>("SELECT claims_without_progress FROM durable.instance"));
        }

        Assert.Equal(3, await machine.ScalarAsync<int>("SELECT claims_without_progress FROM durable.instance"));
        await machine.UntilCompletedAsync(1);
        Violations.None(await machine.CheckAsync(cases));
    }
}
