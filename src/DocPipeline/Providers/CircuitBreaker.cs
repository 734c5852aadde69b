namespace DocPipeline.Providers;

/// <summary>Whether a provider may be asked now. Closed: yes. Open: not before a time. Then one call tries, and its outcome closes or opens it again.</summary>
/// <remarks>Safe for many threads; waits for nothing.</remarks>
internal sealed class CircuitBreaker(ProviderLimits limits, TimeProvider time)
{
    private readonly Lock _lock = new();
    private int _failures;
    private int _rests;
    private bool _isOpen;
    private bool _isTried;
    private DateTimeOffset _restsUntil;
    private string _problem = "";

    /// <summary>Whether it rests; asks for nothing.</summary>
    /// <returns>Null: no. Otherwise for how long still, and why.</returns>
    public (TimeSpan For, string Problem)? Look()
    {
        lock (_lock)
        {
            return Rest();
        }
    }

    /// <summary>Asks to pass. Who passes reports with one of the other three.</summary>
    /// <returns>Null: pass. Otherwise how long it still rests, and why.</returns>
    public (TimeSpan For, string Problem)? Enter()
    {
        lock (_lock)
        {
            var rest = Rest();
            _isTried |= rest is null && _isOpen;
            return rest;
        }
    }

    /// <summary>It answered.</summary>
    public void Succeed()
    {
        lock (_lock)
        {
            (_failures, _rests, _isOpen, _isTried) = (0, 0, false, false);
        }
    }

    /// <summary>It did not, or not as it should.</summary>
    /// <param name="forEverybody">No other call fares better: opens at once.</param>
    /// <param name="atLeast">It said that it must not be asked for so long; longer than any call would wait.</param>
    public void Fail(string problem, bool forEverybody, TimeSpan atLeast)
    {
        lock (_lock)
        {
            _problem = problem;
            _failures++;
            if (!_isTried && !forEverybody && atLeast == TimeSpan.Zero && _failures < limits.FailuresToOpen)
            {
                return;
            }

            // Calls that were under way when it opened say nothing new.
            if (!_isOpen || _isTried)
            {
                var rest = TimeSpan.FromSeconds(Math.Min(limits.Rest.TotalSeconds * Math.Pow(2, _rests++), limits.LongestRest.TotalSeconds));
                _restsUntil = time.GetUtcNow() + (rest > atLeast ? rest : atLeast);
            }

            (_isOpen, _isTried) = (true, false);
        }
    }

    /// <summary>Nothing was learned: the caller gave up.</summary>
    public void Abandon()
    {
        lock (_lock)
        {
            _isTried = false;
        }
    }

    private (TimeSpan For, string Problem)? Rest()
    {
        var rest = _restsUntil - time.GetUtcNow();
        return _isOpen && (rest > TimeSpan.Zero || _isTried) ? (rest > TimeSpan.Zero ? rest : TimeSpan.Zero, _problem) : null;
    }
}
