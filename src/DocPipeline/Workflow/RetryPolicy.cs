namespace DocPipeline.Workflow;

/// <summary>How often and how late an activity is tried again after a transient failure. Delays have full jitter: uniformly between zero and the step's ceiling.</summary>
/// <param name="MaxAttempts">Attempts in all, the first included; at least 1.</param>
/// <param name="FirstDelay">Ceiling of the first delay.</param>
/// <param name="Backoff">Factor by which the ceiling grows; at least 1.</param>
/// <param name="MaxDelay">Cap of the ceiling.</param>
/// <param name="Timeout">Wall time that one attempt may take before it is cancelled and counts as a transient failure.</param>
public sealed record RetryPolicy(int MaxAttempts, TimeSpan FirstDelay, double Backoff, TimeSpan MaxDelay, TimeSpan Timeout)
{
    /// <summary>6 attempts, ceilings of 1, 2, 4, 8 and 16 s, 5 minutes an attempt.</summary>
    public static RetryPolicy Default { get; } = new(6, TimeSpan.FromSeconds(1), 2, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5));

    /// <summary>
    /// How long to wait after an attempt that failed. Full jitter (Brooker, "Exponential Backoff and Jitter"): uniformly between zero and a ceiling that grows.
    /// A delay that the other side named is the least; jitter comes on top, so that not everybody returns at that moment.
    /// </summary>
    /// <remarks>Random: never called by workflow code, only where the outcome of an attempt is made.</remarks>
    public TimeSpan DelayAfter(int attempt, TimeSpan? retryAfter)
    {
        var jitter = CeilingAfter(attempt) * Random.Shared.NextDouble();
        return retryAfter is { } least && least > TimeSpan.Zero ? least + jitter : jitter;
    }

    /// <summary>The longest delay that <see cref="DelayAfter"/> gives when the other side named none.</summary>
    public TimeSpan CeilingAfter(int attempt) =>
        TimeSpan.FromSeconds(Math.Min(FirstDelay.TotalSeconds * Math.Pow(Backoff, attempt - 1), MaxDelay.TotalSeconds));
}
