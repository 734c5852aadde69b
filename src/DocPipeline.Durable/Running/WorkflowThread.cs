namespace DocPipeline.Durable.Running;

/// <summary>
/// One logical thread for the code of one workflow: continuations run here, in order, and only while the engine lets them.
/// A continuation that arrives from anywhere else proves that the workflow awaited something foreign.
/// </summary>
internal sealed class WorkflowThread : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();
    private volatile int _runsOn = -1;
    private volatile bool _foreign;

    /// <summary>Something that the engine did not start called back.</summary>
    public bool SawForeignContinuation => _foreign;

    public bool IsCurrent => _runsOn == Environment.CurrentManagedThreadId;

    /// <summary>Runs an action and every continuation that follows from it.</summary>
    public void Run(Action action)
    {
        var former = Current;
        SetSynchronizationContext(this);
        _runsOn = Environment.CurrentManagedThreadId;
        try
        {
            action();
            while (_queue.TryDequeue(out var next))
            {
                next.Callback(next.State);
            }
        }
        finally
        {
            _runsOn = -1;
            SetSynchronizationContext(former);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsCurrent)
        {
            _queue.Enqueue((d, state));
        }
        else
        {
            _foreign = true;
        }
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("A workflow has one logical thread; nothing can be sent to it.");
}
