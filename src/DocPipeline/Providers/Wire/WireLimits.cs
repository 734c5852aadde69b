namespace DocPipeline.Providers.Wire;

/// <summary>What one call may take. A provider that sends more, or takes longer, is not waited for.</summary>
public sealed record WireLimits
{
    /// <summary>Largest reply in bytes. A dense page with tables and forms is about 1 MB; default 8 MB.</summary>
    public int MaxReplyBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>From the first byte sent to the last byte read, of one request. A reply that drips does not prolong it; default 60 s.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For a job on the provider's side from its start to its last page of results; default 5 minutes.</summary>
    public TimeSpan JobDeadline { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Before a job is asked for the first time, and between two questions, where the provider names no other; default 2 s.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a job is asked at most, pages of its result not counted; default 120.</summary>
    public int MaxPolls { get; init; } = 120;
}
