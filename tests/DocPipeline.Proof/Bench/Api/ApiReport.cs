using System.Text.Json;
using DocPipeline.Proof.Machines;

namespace DocPipeline.Proof.Bench.Api;

/// <summary>Milliseconds from request to the last byte of the answer.</summary>
internal sealed record ListLatency(string Name, double Median, double P95, double Most);

/// <summary>One export.</summary>
/// <param name="PeakBefore">Most resident bytes that the server had had before.</param>
/// <param name="Peak">And after: the whole process, not the export alone.</param>
internal sealed record ExportCost(string Format, long Bytes, double Seconds, long PeakBefore, long Peak);

/// <summary>What one measurement found.</summary>
internal sealed record ApiReport(int Claims, int Exported, int Requests, IReadOnlyList<ListLatency> Lists, IReadOnlyList<ExportCost> Exports)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public override string ToString() =>
        $"""
        Lists of {Claims} claims, {Requests} requests each, one after the other:
        {string.Join('\n', Lists.Select(list => $"  {list.Name,-24} median {list.Median,6:0.0} ms, p95 {list.P95,6:0.0} ms, at most {list.Most,6:0.0} ms"))}
        Exports of {Exported} claims:
        {string.Join('\n', Exports.Select(export => $"  {export.Format,-6} {Watch.Megabytes(export.Bytes),7} in {export.Seconds,5:0.0} s; peak memory of the server {Watch.Megabytes(export.Peak)} ({Watch.Megabytes(export.PeakBefore)} before)"))}
        """;
}
