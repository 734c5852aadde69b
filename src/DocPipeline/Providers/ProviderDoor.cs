using DocPipeline.Workflow;

namespace DocPipeline.Providers;

/// <summary>The way to one provider: its breaker, its pace, and so many places.</summary>
internal sealed class ProviderDoor(string provider, ProviderLimits limits, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _places = new(limits.AtOnce, limits.AtOnce);

    public string Provider => provider;

    public ProviderLimits Limits => limits;

    public CircuitBreaker Breaker { get; } = new(limits, time);

    public Pace Pace { get; } = new(limits.PerSecond, time);

    /// <summary>Waits for a place and for its turn, but not longer than it may take.</summary>
    /// <returns>The place; disposing leaves it. The breaker was passed: who holds it reports.</returns>
    /// <exception cref="TransientFailure">The provider rests, or its turn would come too late. Nothing was sent.</exception>
    public async Task<Place> EnterAsync(DateTimeOffset end, CancellationToken cancellationToken)
    {
        // Nobody queues for a provider that rests: the next of the cascade is free.
        ThrowIfResting(Breaker.Look());
        var hasPlace = false;
        try
        {
            using (var late = new CancellationTokenSource(Until(end), time))
            using (var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken))
            {
                try
                {
                    await _places.WaitAsync(either.Token);
                    hasPlace = true;
                }
                catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
                {
                    throw new TransientFailure($"{provider} is busy: {limits.AtOnce} calls at once, and none ended in time.");
                }
            }

            var wait = Pace.Take(Until(end)) ?? throw new TransientFailure($"{provider} is busy: more calls are waiting than {limits.PerSecond:0.##} a second can send in time.");
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, cancellationToken);
            }

            ThrowIfResting(Breaker.Enter());
        }
        catch
        {
            Leave();
            throw;
        }

        return new Place(Leave);

        void Leave()
        {
            if (hasPlace)
            {
                _places.Release();
            }
        }
    }

    private void ThrowIfResting((TimeSpan For, string Problem)? rest)
    {
        if (rest is { } resting)
        {
            throw new TransientFailure($"{provider} rests for {Math.Ceiling(resting.For.TotalSeconds):0} s: {resting.Problem}", resting.For);
        }
    }

    /// <summary>Never zero, which a timer takes for now.</summary>
    public TimeSpan Until(DateTimeOffset end) => end - time.GetUtcNow() is var span && span > TimeSpan.Zero ? span : TimeSpan.FromTicks(1);

    public void Dispose() => _places.Dispose();

    public readonly struct Place(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
