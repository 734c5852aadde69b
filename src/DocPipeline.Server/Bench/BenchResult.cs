namespace DocPipeline.Server.Bench;

/// <summary>What was done in which time.</summary>
/// <param name="Done">Workflows, or documents.</param>
/// <param name="Parts">Their steps, or pages.</param>
/// <param name="Failed">How many of <paramref name="Done"/> did not come through.</param>
internal sealed record BenchResult(int Done, int Parts, TimeSpan Took, int Failed)
{
    public double PerSecond => Done / Took.TotalSeconds;

    public double PartsPerSecond => Parts / Took.TotalSeconds;
}
