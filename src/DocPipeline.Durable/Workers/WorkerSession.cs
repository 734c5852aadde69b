namespace DocPipeline.Durable.Workers;

/// <summary>One identity of this process towards the database. Once lost it never returns; the process takes a new one.</summary>
internal sealed class WorkerSession : IAsyncDisposable
{
    private readonly CancellationTokenSource _lost = new();

    public WorkerSession() => Lost = _lost.Token;

    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>Everything done under this identity stops with this token.</summary>
    public CancellationToken Lost { get; }

    /// <summary>Ends it, and returns when everything under it has been told.</summary>
    public async ValueTask DisposeAsync()
    {
        await _lost.CancelAsync();
        _lost.Dispose();
    }
}
