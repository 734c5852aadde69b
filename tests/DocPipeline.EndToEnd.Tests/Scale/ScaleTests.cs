using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Proof.Scale;

namespace DocPipeline.EndToEnd.Tests.Scale;

public sealed class ScaleTests
{
    private static readonly Assumptions Round = new(
        PeakOverAverage: 2, WorkerLoad: 0.5, PostgresLoad: 0.5, CoresPerWorker: 4, ConnectionsBesideSteps: 2, KilobytesKeptPerDocument: 1000, StepsPerDocument: 10, HubMessagesPerStep: 2,
        HubMessagesPerSecondAndPartition: 10, ScannedShareOfPages: 0.5, ReaderPagesPerSecond: 10, UsdPerWorkerHour: 1, UsdPerPostgresCoreMonth: 10, PostgresCopies: 2, UsdPerFunctionsCoreMonth: 100,
        UsdPerFunctionsGigabyteMonth: 10, FunctionsGigabytesPerCore: 2, UsdPerGigabyteMonth: 0.1, UsdPerThousandPagesCloudOcr: 1);

    private static readonly string Folder = Path.Combine(ServerMachine.Repository, "infra", "scale");

    [Fact]
    public void The_arithmetic_is_the_one_that_a_person_would_do()
    {
        // One document a second on average, two at the peak, each four seconds of workers and half a second of Postgres.
        var need = ScaleModel.Of(86_400, new MeasuredMix("round", 2, new MeasuredCpu(1, 2, 1, 0.5)), Round);

        Assert.Equal((2, 4), (need.PeakDocumentsPerSecond, need.PeakPagesPerSecond));
        Assert.Equal((16, 4, 2), (need.WorkerCores, need.Workers, need.PostgresCores));
        Assert.Equal((40, 4), (need.Connections, need.Partitions));
        Assert.Equal(2592, need.GigabytesAMonth);
        Assert.Equal((4 * 720) + (2 * 10 * 2) + 259.2, need.EmbeddedCost, 6);
        Assert.Equal((8 * (100 + 20)) + (2 * 10 * 2) + 259.2, need.FunctionsCost, 6);
        Assert.Equal(2592, need.CloudOcrCost, 6);
        Assert.Equal(0.2, need.ReaderQuotaShare, 6);
    }

    [Fact]
    public void The_page_of_figures_is_what_the_command_writes() => Assert.Equal(
        File.ReadAllText(Path.Combine(Folder, "figures.md")),
        ScalePage.Render(ScaleFiles.ReadMeasured(Path.Combine(Folder, "measured.json")), ScaleFiles.ReadAssumptions(Path.Combine(Folder, "assumptions.json")), ScalePage.Loads));

    [Fact]
    public void Every_assumption_is_explained()
    {
        var readme = File.ReadAllText(Path.Combine(Folder, "README.md"));

        Assert.All(
            System.Text.Json.JsonElement.Parse(File.ReadAllText(Path.Combine(Folder, "assumptions.json"))).EnumerateObject(),
            assumption => Assert.Contains($"| `{assumption.Name}` |", readme, StringComparison.Ordinal));
    }
}
