namespace DocPipeline.Durable.FaultWorker;

/// <summary>A wall clock that is wrong. Timers and the monotonic clock are right, as on a real machine with a wrong date.</summary>
internal sealed class SkewedClock(TimeSpan off) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + off;
}
