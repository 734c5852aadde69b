namespace DocPipeline.Durable.Running;

/// <summary>
/// At most so many attempts at once in a process, in the order of the instances' ages: what came first ends first, and instances do not all wait
/// for each other's middle. Only the far end of a very wide round lets younger ones pass, so that one huge document does not stop all the others.
/// </summary>
internal sealed class ActivitySlots(int count)
{
    /// <summary>Steps of one round that go by age alone; each further one counts as if its instance had come <see cref="Lag"/> later.</summary>
    private const int Undelayed = 20;

    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly PriorityQueue<TaskCompletionSource, (DateTimeOffset Turn, long Arrival)> _waiting = new();
    private int _free = count;
    private long _arrivals;

    /// <param name="created">When the instance was created.</param>
    /// <param name="place">The step's place in its round, from 0.</param>
    public async Task WaitAsync(DateTimeOffset created, int place, CancellationToken cancellationToken)
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_free > 0)
            {
                _free--;
                return;
            }

            _waiting.Enqueue(waiter, (created + (Lag * Math.Max(0, place - Undelayed)), _arrivals++));
        }

        await using var cancelled = cancellationToken.Register(() => waiter.TrySetCanceled(cancellationToken));
        await waiter.Task;
    }

    public void Release()
    {
        lock (_lock)
        {
            while (_waiting.TryDequeue(out var next, out _))
            {
                // Fails if the waiter was cancelled: then the slot goes to the next one.
                if (next.TrySetResult())
                {
                    return;
                }
            }

            _free++;
        }
    }
}
