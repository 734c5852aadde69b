using System.Text.Json;

namespace DocPipeline.Proof.Bench.Review;

/// <summary>One opening of the workbench: milliseconds since the navigation began.</summary>
/// <param name="Page">Its last byte is there.</param>
/// <param name="Picture">The same of the page picture.</param>
/// <param name="Decoded">The picture is pixels.</param>
/// <param name="Drawn">It is painted, with its boxes, and the keys work.</param>
internal sealed record Opening(double Page, double Picture, double Decoded, double Drawn);

/// <summary>Median, 95th percentile and longest of what is measured.</summary>
internal sealed record Spread(double Median, double P95, double Most)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new(sorted[sorted.Length / 2], sorted[(int)(sorted.Length * 0.95)], sorted[^1]);
    }

    public override string ToString() => $"median {Median,4:0} ms, p95 {P95,4:0} ms, at most {Most,4:0} ms";
}

/// <summary>Openings of one kind.</summary>
internal sealed record OpeningTimes(Spread Page, Spread Picture, Spread Decoded, Spread Drawn)
{
    public static OpeningTimes Of(IReadOnlyList<Opening> openings) =>
        new(Spread.Of(openings.Select(o => o.Page)), Spread.Of(openings.Select(o => o.Picture)), Spread.Of(openings.Select(o => o.Decoded)), Spread.Of(openings.Select(o => o.Drawn)));

    public override string ToString() =>
        $"""
            page there       {Page}
            picture there    {Picture}
            picture decoded  {Decoded}
            all of it drawn  {Drawn}
        """;
}

/// <summary>What one measurement found.</summary>
/// <param name="First">In a browser that has seen nothing yet.</param>
/// <param name="FromQueue">By a click in the queue, in a browser that has opened other documents before.</param>
/// <param name="Next">In one that comes from the document before.</param>
internal sealed record ReviewReport(int Openings, OpeningTimes First, OpeningTimes FromQueue, OpeningTimes Next)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public override string ToString() =>
        $"""
        The workbench with a scan of three pages, {Openings} openings each, since the navigation began:
          in a browser that has seen nothing yet
        {First}
          from the queue, nothing of the document in the browser's cache
        {FromQueue}
          after another document
        {Next}
        """;
}
