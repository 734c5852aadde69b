using System.Text.Json;
using DocPipeline.Proof.Machines;

namespace DocPipeline.Proof.Bench.Load;

/// <summary>Processor seconds a document.</summary>
internal sealed record CpuPerDocument(double Server, double Readers, double PdfPrograms, double Postgres)
{
    public double All => Server + Readers + PdfPrograms + Postgres;
}

/// <summary>Seconds from the moment a file is in the bucket to the commit of its claim, with files coming at a share of the measured rate.</summary>
internal sealed record LatencyAtLoad(double Load, int Documents, double Median, double P95, double Most);

/// <summary>What one measurement found.</summary>
/// <param name="Ends">Documents by state.</param>
/// <param name="Peaks">Most bytes of memory that each program ever had in use.</param>
internal sealed record LoadReport(
    string Mix,
    int Documents,
    int PagesPerDocument,
    double Seconds,
    CpuPerDocument Cpu,
    LatencyAtLoad? Latency,
    IReadOnlyDictionary<string, int> Ends,
    IReadOnlyDictionary<string, long> Peaks)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public double DocumentsPerSecond => Documents / Seconds;

    public double PagesPerSecond => DocumentsPerSecond * PagesPerDocument;

    public double DocumentsPerDay => DocumentsPerSecond * 86_400;

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public override string ToString() =>
        $"""
        {Documents} {Mix} documents of {PagesPerDocument} pages in {Seconds:0.0} s: {DocumentsPerSecond:0.00} documents/s, {PagesPerSecond:0.0} pages/s, {DocumentsPerDay:0} documents a day.
        Processor seconds a document: {Cpu.All:0.000} (server {Cpu.Server:0.000}, readers {Cpu.Readers:0.000}, PDF programs {Cpu.PdfPrograms:0.000}, Postgres {Cpu.Postgres:0.000}).
        {(Latency is null ? "Latency was not measured." : $"From drop to claim at {Latency.Load:0%} of that rate: median {Latency.Median:0.00} s, p95 {Latency.P95:0.00} s, at most {Latency.Most:0.00} s ({Latency.Documents} documents).")}
        Peak memory: {string.Join(", ", Peaks.OrderByDescending(peak => peak.Value).Select(peak => $"{peak.Key} {Watch.Megabytes(peak.Value)}"))}. Ends: {string.Join(", ", Ends.Select(end => $"{end.Value} {end.Key}"))}.
        """;
}
