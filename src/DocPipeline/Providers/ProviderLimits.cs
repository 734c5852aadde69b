namespace DocPipeline.Providers;

/// <summary>How much of one provider is used at most.</summary>
public sealed record ProviderLimits
{
    public static ProviderLimits Default { get; } = new();

    /// <summary>Calls begun a second. Default 5: below every default quota that we know of.</summary>
    public double PerSecond { get; init; } = 5;

    /// <summary>Calls at the same time. Default 8.</summary>
    public int AtOnce { get; init; } = 8;

    /// <summary>Wall time of a call with all its attempts and waits. Default 60 s.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Attempts of a call, the first included. Default 3.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>Failures in a row that open the breaker. Default 5.</summary>
    public int FailuresToOpen { get; init; } = 5;

    /// <summary>How long an open breaker rests the first time; twice as long each further time, up to <see cref="LongestRest"/>. Default 30 s.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Default 10 minutes.</summary>
    public TimeSpan LongestRest { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Without a reply for so long, the same request is sent once more and the first reply counts. Both are paid. Default: never.</summary>
    public TimeSpan? HedgeAfter { get; init; }
}
