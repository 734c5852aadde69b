using System.ComponentModel.DataAnnotations;

namespace DocPipeline.Resolve.Ask;

public sealed record AskOptions
{
    /// <summary>Most answers that are bought for one file. Default 6.</summary>
    [Range(1, 100)]
    public int MaxCallsPerFile { get; init; } = 6;

    /// <summary>The larger model is asked from this amount at stake on, in whatever currency, or where no amount is known. Default 1,000.</summary>
    [Range(0, 1e12)]
    public decimal LargeFrom { get; init; } = 1_000;

    /// <summary>Upper limit of an answer: a dozen questions need a fifth of it. Default 2,000.</summary>
    [Range(100, 100_000)]
    public int MaxOutputTokens { get; init; } = 2_000;

    /// <summary>How long all answers for one file may take together. Default 3 min: less than an attempt of the step may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(3);
}
