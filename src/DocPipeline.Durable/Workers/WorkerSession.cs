namespace DocPipeline.Durable.Workers;

/// <summary>One identity of this process towards the database. Once lost it never returns; the process takes a new one.</summary>
internal sealed class WorkerSession : IDisposable
{
    private readonly CancellationTokenSource _lost = new();

    public WorkerSession() => Lost = _lost.Token;

    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>Everything done under this identity stops with this token.</summary>
    public CancellationToken Lost { get; }

    public void Lose() => _lost.Cancel();

    public void Dispose() => _lost.Dispose();
}
