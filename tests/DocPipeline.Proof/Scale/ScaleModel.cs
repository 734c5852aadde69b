namespace DocPipeline.Proof.Scale;

/// <summary>What one load needs. Costs are US dollars a month of 30 days.</summary>
/// <param name="Partitions">Control queues of a task hub on Azure Storage; it knows 1 to 16, more than that needs another back end.</param>
internal sealed record Need(
    int DocumentsADay,
    double PeakDocumentsPerSecond,
    double PeakPagesPerSecond,
    int WorkerCores,
    int Workers,
    int PostgresCores,
    int Connections,
    int Partitions,
    double GigabytesAMonth,
    double EmbeddedCost,
    double FunctionsCost,
    double CloudOcrCost,
    double ReaderQuotaShare);

internal static class ScaleModel
{
    public const double SecondsADay = 86_400;
    public const double HoursAMonth = 720;
    public const double DaysAMonth = 30;

    public static Need Of(int documentsADay, MeasuredMix mix, Assumptions assumed)
    {
        // 1. The rate that has to be kept up with, and the cores that it takes.
        var average = documentsADay / SecondsADay;
        var peak = average * assumed.PeakOverAverage;
        var workerCores = UpTo(peak * mix.Cpu.Worker / assumed.WorkerLoad);
        var workers = UpTo((double)workerCores / assumed.CoresPerWorker);
        var postgresCores = Math.Max(2, UpTo(peak * mix.Cpu.Postgres / assumed.PostgresLoad));

        // 2. Each process runs two steps a core, each with a connection at most, and a few beside them.
        var connections = workers * ((2 * assumed.CoresPerWorker) + assumed.ConnectionsBesideSteps);

        // 3. On Durable Functions every step is messages through the hub.
        var partitions = UpTo(peak * assumed.StepsPerDocument * assumed.HubMessagesPerStep / assumed.HubMessagesPerSecondAndPartition);

        // 4. What it costs: machines that stand ready for the peak, or workers that come and go with the work.
        var gigabytes = documentsADay * DaysAMonth * assumed.KilobytesKeptPerDocument / 1e6;
        var postgres = postgresCores * assumed.UsdPerPostgresCoreMonth * assumed.PostgresCopies;
        var storage = gigabytes * assumed.UsdPerGigabyteMonth;
        var coresOnAverage = Math.Max(1, average * mix.Cpu.Worker / assumed.WorkerLoad);
        var scannedPages = documentsADay * mix.PagesPerDocument * assumed.ScannedShareOfPages;
        return new(
            documentsADay, peak, peak * mix.PagesPerDocument, workerCores, workers, postgresCores, connections, partitions, gigabytes,
            EmbeddedCost: (workers * HoursAMonth * assumed.UsdPerWorkerHour) + postgres + storage,
            FunctionsCost: (coresOnAverage * (assumed.UsdPerFunctionsCoreMonth + (assumed.FunctionsGigabytesPerCore * assumed.UsdPerFunctionsGigabyteMonth))) + postgres + storage,
            CloudOcrCost: scannedPages * DaysAMonth * assumed.UsdPerThousandPagesCloudOcr / 1000,
            ReaderQuotaShare: peak * mix.PagesPerDocument * assumed.ScannedShareOfPages / assumed.ReaderPagesPerSecond);
    }

    private static int UpTo(double value) => Math.Max(1, (int)Math.Ceiling(value));
}
