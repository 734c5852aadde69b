using DocPipeline.Durable.FaultTests.Machines;
using DocPipeline.Durable.FaultWorker.Scripts;
using DocPipeline.Testing.Wire;

namespace DocPipeline.Durable.FaultTests.RoundTrips;

/// <summary>A little of everything that the engine can do, so that it makes every round trip it knows.</summary>
internal sealed class Workload(FaultMachine machine, Client client)
{
    public static IReadOnlyList<Case> Cases { get; } =
    [
        new("chain", new Say("begun"), new Call(1, Deed.Store), new Say("half"), new Call(2, Deed.Store), new Call(3, Milliseconds: 400)),
        new("fan", new FanOut([new(1, Attempts: 2), new(2), new(3, Failures: 1), new(4), new(5)])),
        new("events", [new Wait("early", Arrival.Early), new Wait("late", Arrival.Late), new Wait("never", Arrival.Never), new Sleep(30)], TimesRaised: 2),
        new("refused", new Call(1, Deed.Refuse), new Call(2, Failures: 2, Attempts: 2), new Call(3, Deed.Store, Failures: 1, Attempts: 2)),
        new("dead", new Call(1, Deed.Store), new Call(2, Deed.BreakUntilReplayed), new Call(3, Deed.Store)),
        new("parked", new Call(1), new Foreign(), new Call(2)),
        new("lost", new Call(1, Deed.LoseInstance), new Call(2, Deed.Store)),
    ];

    /// <summary>Round trips that are made only after another has failed: it fails until they are.</summary>
    public static void Provoke(FaultPlan plan, string roundTrip)
    {
        (string Cause, Fault Fault)? provocation = roundTrip switch
        {
            "Claims/release_unknown.sql" => ("Claims/claim.sql", Fault.LoseReply),
            "Instances/complete.sql" => ("Instances/complete_batch.sql", Fault.CutBefore),
            _ => null,
        };
        if (provocation is var (cause, fault))
        {
            var otherwise = plan.Otherwise;
            plan.Otherwise = made => made == cause && !plan.Seen.ContainsKey(roundTrip) ? fault : otherwise(made);
        }
    }

    /// <summary>Starts everything and does what people and other processes do, until all instances have ended well.</summary>
    public async Task RunAsync()
    {
        machine.IsBroken = true;
        foreach (var instance in Cases)
        {
            await client.StartAsync(instance);
        }

        await Task.WhenAll(RaiseAsync(), ReplayAsync(), UnparkAsync());
        await machine.UntilCompletedAsync(Cases.Count);
        await AskAsync(token => client.Operator.CountAsync(token));
        Assert.False(await AskAsync(token => client.Operator.WakeAsync("events", token)));
        Assert.Equal(0, await AskAsync(token => client.Operator.TakeOverAsync(token)));
        await AskAsync(token => client.Operator.ListRetryingAsync(cancellationToken: token));
    }

    private async Task RaiseAsync()
    {
        await machine.UntilAsync("events", "waiting");
        await client.RaiseAsync("events", "late");
        await client.RaiseAsync("events", "late");
    }

    private async Task ReplayAsync()
    {
        await machine.UntilAsync("dead", "dead");
        Assert.Equal("dead", Assert.Single(await AskAsync(token => client.Operator.ListDeadAsync(cancellationToken: token))).InstanceId);
        Assert.Equal(2, (await AskAsync(token => client.Operator.ShowAsync("dead", token)))!.Standing.FailedStep);
        await AskAsync(token => client.Operator.ReplayAsync("dead", token));
    }

    private async Task UnparkAsync()
    {
        await machine.UntilAsync("parked", "parked");
        machine.IsBroken = false;
        await AskAsync(token => client.Operator.UnparkAsync("parked", token));
    }

    private static Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> question) => Client.AskAsync(question);
}
