using System.Text.Json;
using DocPipeline.Proof.Machines;

namespace DocPipeline.Proof.Bench.Parts;

/// <summary>One part in this process, by BenchmarkDotNet.</summary>
/// <param name="Pages">Pages that one turn works on; times and bytes are for each of them.</param>
/// <param name="P95Ms">95 % of the measured turns took no longer; turns are averages over the repetitions that fill 200 ms.</param>
internal sealed record PartFigure(string Name, int Pages, double MedianMs, double P95Ms, double AllocatedBytes);

/// <summary>Managed memory that is still in use, and what the process has, after so many different documents.</summary>
internal sealed record MemoryAfter(int Documents, long ManagedBytes, long ResidentBytes);

internal sealed record PartsReport(IReadOnlyList<PartFigure> Parts, IReadOnlyList<MemoryAfter> Memory)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public override string ToString() => string.Join('\n',
    [
        .. Parts.Select(part => $"{part.Name,-45} median {part.MedianMs,8:0.000} ms, p95 {part.P95Ms,8:0.000} ms, {part.AllocatedBytes / 1000,7:0} KB allocated{(part.Pages == 1 ? "" : $" a page ({part.Pages} pages)")}"),
        .. Memory.Select(after => $"After {after.Documents,5} documents {after.ManagedBytes / 1e6:0.0} MB are in use, the process has {Watch.Megabytes(after.ResidentBytes)}."),
    ]);
}
