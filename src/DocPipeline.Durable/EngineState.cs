namespace DocPipeline.Durable;

/// <summary>What the parts of one engine tell each other.</summary>
internal sealed class EngineState
{
    private volatile bool _isDraining;

    /// <summary>The engine is stopping: what runs may finish, nothing new begins.</summary>
    public bool IsDraining => _isDraining;

    public Signal Work { get; } = new();

    public Signal FreeSlot { get; } = new();

    public void Drain()
    {
        _isDraining = true;
        Work.Set();
        FreeSlot.Set();
    }
}

/// <summary>Wakes one waiting loop; signals that come while it is awake are remembered as one.</summary>
internal sealed class Signal
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Set()
    {
        lock (_lock)
        {
            _next.TrySetResult();
        }
    }

    /// <summary>True if signalled, false if the time passed first.</summary>
    public async Task<bool> WaitAsync(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(_next.Task, Task.Delay(limit, time, stop.Token));
        await stop.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (!_next.Task.IsCompleted)
            {
                return false;
            }

            _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return true;
        }
    }
}
