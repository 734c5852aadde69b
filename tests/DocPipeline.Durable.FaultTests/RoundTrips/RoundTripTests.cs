using DocPipeline.Durable.FaultTests.Machines;
using DocPipeline.Testing;
using DocPipeline.Testing.Wire;

namespace DocPipeline.Durable.FaultTests.RoundTrips;

/// <summary>The failpoints are all round trips: the list is what the workload makes, and every SQL file of the engine is in it.</summary>
public sealed class RoundTripTests
{
    [Fact]
    public async Task Every_round_trip_of_the_engine_is_a_failpoint()
    {
        await using var machine = await FaultMachine.CreateAsync();
        var (byEngine, byOthers) = (new FaultPlan(), new FaultPlan());
        foreach (var roundTrip in KnownRoundTrips.OfEngine)
        {
            Workload.Provoke(byEngine, roundTrip);
        }

        var engine = machine.Engine(byEngine, FaultMachine.Quick with { Lease = TimeSpan.FromSeconds(6) });
        await new Workload(machine, machine.Client(byOthers)).RunAsync();
        await Eventually.IsTrueAsync(() => Task.FromResult(byEngine.Seen.ContainsKey("Workers/heartbeat.sql")), "the worker's heart has beaten");
        await engine.StopAsync();

        Violations.None(await machine.CheckAsync(Workload.Cases));
        Violations.None(await machine.ReplayAsync());
        Assert.Equal(KnownRoundTrips.OfEngine.Order(StringComparer.Ordinal), Made(byEngine));
        Assert.Equal(KnownRoundTrips.OfOthers.Order(StringComparer.Ordinal), Made(byOthers));
        string[] made = [.. byEngine.Seen.Keys.Concat(byOthers.Seen.Keys).SelectMany(name => name.Split(" + "))];
        Assert.Equal([KnownRoundTrips.OfOwner], KnownRoundTrips.Names.AllFiles.Except(made, StringComparer.Ordinal));
    }

    [Fact]
    public void There_are_no_notifications_to_lose() =>
        Assert.All(KnownRoundTrips.Names.AllFiles, file => Assert.DoesNotContain("notify", DurableSchema.Sql["Sql/" + file], StringComparison.OrdinalIgnoreCase));

    // What Npgsql asks for itself when it meets a server, and between two users of a connection, is not the engine's.
    private static IEnumerable<string> Made(FaultPlan plan) =>
        plan.Seen.Keys.Where(name => !KnownRoundTrips.OfNpgsql.Contains(name)).Order(StringComparer.Ordinal);
}
