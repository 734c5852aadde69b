namespace DocPipeline.Testing.Services;

/// <summary>A clock whose waits are a hundredth as long: what is polled every two seconds is polled every twenty milliseconds. The time of day is the real one.</summary>
public sealed class QuickTime : TimeProvider
{
    private const int Times = 100;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, Quick(dueTime), Quick(period));

    private static TimeSpan Quick(TimeSpan time) => time > TimeSpan.Zero ? time / Times : time;
}
