using DocPipeline.Durable.FaultTests.Machines;
using DocPipeline.Durable.FaultWorker.Scripts;

namespace DocPipeline.Durable.FaultTests.Processes;

/// <summary>Many workers and little work.</summary>
public sealed class RaceTests
{
    [Theory, InlineData(2), InlineData(6), InlineData(16)]
    public async Task However_many_workers_race_for_a_few_instances_each_is_claimed_once(int workers)
    {
        await using var machine = await FaultMachine.CreateAsync();
        for (var i = 0; i < workers; i++)
        {
            machine.Engine(options: FaultMachine.Quick with { Lease = TimeSpan.FromSeconds(60) });
        }

        await machine.UntilTrueAsync($"SELECT count(*) = {workers} FROM durable.worker", "all are there");
        Case[] cases = [.. Enumerable.Range(0, 12).Select(i => new Case($"prize-{i}", new Call(1, Deed.Store), new FanOut([new(2), new(3)]), new Call(4, Deed.Store)))];
        var client = machine.Client();
        foreach (var instance in cases)
        {
            await client.StartAsync(instance);
        }

        await machine.UntilCompletedAsync(cases.Length);

        Violations.None(await machine.CheckAsync(cases));
        Assert.Equal(1, await machine.ScalarAsync<long>("SELECT max(epoch) FROM durable.instance"));
    }

    [Fact]
    public async Task One_connection_is_enough()
    {
        await using var machine = await FaultMachine.CreateAsync();
        var client = machine.Client();
        machine.Process(settings => settings with { Database = settings.Database + ";Maximum Pool Size=1;Timeout=1" });
        Case[] cases = [.. Enumerable.Range(0, 30).Select(i => new Case($"narrow-{i}", new Call(1, Deed.Store), new FanOut([new(2), new(3)]), new Wait("early", Arrival.Early)))];
        foreach (var instance in cases)
        {
            await client.StartAsync(instance);
        }

        await machine.UntilCompletedAsync(cases.Length);

        Violations.None(await machine.CheckAsync(cases));
    }
}
