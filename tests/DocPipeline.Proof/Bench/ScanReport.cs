using System.Text.Json;

namespace DocPipeline.Proof.Bench;

/// <summary>All pairs of one measurement, and their medians.</summary>
internal sealed record ScanReport(int Pages, int Workers, IReadOnlyList<ScanPair> Runs)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public double Ratio => Median(pair => pair.Ratio);

    public double CpuRatio => Median(pair => pair.CpuRatio);

    public double RecognitionRatio => Median(pair => pair.RecognitionRatio);

    public double RecognitionCpuRatio => Median(pair => pair.RecognitionCpuRatio);

    public double PagesPerSecond => Median(pair => Pages / pair.Pipeline.Seconds);

    /// <summary>How many times the pipeline's wall time the peer takes; null if it was not measured.</summary>
    public double? PeerRatio => Runs.All(pair => pair.PeerSeconds is not null) ? Median(pair => pair.PeerSeconds!.Value / pair.Pipeline.Seconds) : null;

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public override string ToString() =>
        $"""
        {Pages} pages with {Workers} readers, {Runs.Count} runs of each: bare recognition read {Runs[0].Bare.Words} words, the pipeline {Runs[0].Pipeline.Words}.
        Median: {PagesPerSecond:0.00} pages/s through the whole pipeline; {Ratio:0.000} times the wall time of bare recognition, {CpuRatio:0.000} times its processor time ({RecognitionRatio:0.000} and {RecognitionCpuRatio:0.000} if it need not read and decode the pictures).{(PeerRatio is { } peer ? $" ocrmypdf takes {peer:0.00} times as long as the pipeline." : "")}
        """;

    private double Median(Func<ScanPair, double> of)
    {
        var sorted = Runs.Select(of).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
