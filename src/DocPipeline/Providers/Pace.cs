namespace DocPipeline.Providers;

/// <summary>So many calls a second, evenly spaced, and none before a time that the provider named.</summary>
internal sealed class Pace(double perSecond, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly TimeSpan _space = TimeSpan.FromSeconds(1 / perSecond);
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <summary>Takes the next turn, unless it comes later than the caller can wait.</summary>
    /// <returns>How long to wait for it.</returns>
    public TimeSpan? Take(TimeSpan patience)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var turn = _next > now ? _next : now;
            if (turn - now > patience)
            {
                return null;
            }

            _next = turn + _space;
            return turn - now;
        }
    }

    /// <summary>Nobody's turn comes before this has passed.</summary>
    public void HoldFor(TimeSpan rest)
    {
        lock (_lock)
        {
            var until = time.GetUtcNow() + rest;
            _next = _next > until ? _next : until;
        }
    }
}
