using System.Text.Json;
using System.Text.Json.Serialization;

namespace DocPipeline.Proof.Scale;

/// <summary>What <c>./run bench digital|mixed --json</c> says, as far as it counts here: processor seconds a document.</summary>
internal sealed record MeasuredMix(string Mix, int PagesPerDocument, MeasuredCpu Cpu)
{
    /// <summary>The command, the day and the machine.</summary>
    [JsonPropertyName("measured")]
    public string? How { get; init; }
}

internal sealed record MeasuredCpu(double Server, double Readers, double PdfPrograms, double Postgres)
{
    /// <summary>Everything but the database.</summary>
    public double Worker => Server + Readers + PdfPrograms;
}

/// <summary>What is assumed and not measured; infra/scale/README.md says what each means. Prices are in US dollars.</summary>
internal sealed record Assumptions(
    double PeakOverAverage,
    double WorkerLoad,
    double PostgresLoad,
    int CoresPerWorker,
    int ConnectionsBesideSteps,
    double KilobytesKeptPerDocument,
    double StepsPerDocument,
    double HubMessagesPerStep,
    double HubMessagesPerSecondAndPartition,
    double ScannedShareOfPages,
    double ReaderPagesPerSecond,
    double UsdPerWorkerHour,
    double UsdPerPostgresCoreMonth,
    int PostgresCopies,
    double UsdPerFunctionsCoreMonth,
    double UsdPerFunctionsGigabyteMonth,
    double FunctionsGigabytesPerCore,
    double UsdPerGigabyteMonth,
    double UsdPerThousandPagesCloudOcr);

internal static class ScaleFiles
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true };

    /// <summary>A file of infra/scale, wherever below the repository this program lies.</summary>
    public static string Standard(string name)
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var path = Path.Combine(folder, "infra", "scale", name);
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new FileNotFoundException($"infra/scale/{name} is not above {AppContext.BaseDirectory}.");
    }

    public static IReadOnlyList<MeasuredMix> ReadMeasured(string path)
    {
        var text = File.ReadAllText(path).Trim();
        // One report of the bench, or several.
        return text.StartsWith('[') ? JsonSerializer.Deserialize<MeasuredMix[]>(text, Json)! : [JsonSerializer.Deserialize<MeasuredMix>(text, Json)!];
    }

    public static Assumptions ReadAssumptions(string path) => JsonSerializer.Deserialize<Assumptions>(File.ReadAllText(path), Json)!;
}
