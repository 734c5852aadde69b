using DocPipeline.FaultTests.Machines;
using DocPipeline.Testing.Wire;

namespace DocPipeline.FaultTests.RoundTrips;

/// <summary>The failpoints are all round trips: the list is what the workload makes, and every statement of the pipeline and the server is in it.</summary>
public sealed class RoundTripTests
{
    [Fact]
    public async Task Every_round_trip_of_the_pipeline_is_a_failpoint()
    {
        await using var machine = await PipelineMachine.CreateAsync();
        var (byServer, byOthers) = (new FaultPlan(), new FaultPlan());
        await using (var workload = new Workload(machine, byServer, byOthers))
        {
            await workload.RunAsync();
        }

        Assert.Empty(await machine.ViolationsAsync());
        Assert.Equal(KnownRoundTrips.OfServer.Concat(KnownRoundTrips.OfLooks).Order(StringComparer.Ordinal), Made(byServer));
        Assert.Equal(KnownRoundTrips.OfOthers.Order(StringComparer.Ordinal), Made(byOthers));
        string[] made = [.. byServer.Seen.Keys.Concat(byOthers.Seen.Keys).SelectMany(Statements)];
        Assert.Equal(KnownRoundTrips.OfReaders.Concat(KnownRoundTrips.OfPages).Concat(KnownRoundTrips.OfPrograms).Concat(KnownRoundTrips.OfProviders).Order(StringComparer.Ordinal), KnownRoundTrips.Names.AllFiles.Except(made, StringComparer.Ordinal).Where(file => !IsEngines(file)));
    }

    /// <summary>Those that the engine's own suite breaks are left out.</summary>
    private static IEnumerable<string> Made(FaultPlan plan) =>
        plan.Seen.Keys.Where(name => Statements(name).Any(statement => RoundTripNames.IsFile(statement) && !IsEngines(statement))).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Statements(string name) => name.Replace("COMMIT of ", "", StringComparison.Ordinal).Split([" > ", " + "], StringSplitOptions.None);

    private static bool IsEngines(string file) => KnownRoundTrips.OfEngine.Contains(file);
}
