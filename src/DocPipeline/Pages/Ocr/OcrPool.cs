using System.Collections.Concurrent;
using DocPipeline.Documents;
using DocPipeline.Workflow;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DocPipeline.Pages.Ocr;

/// <summary>
/// The reader children, one for each core. A child that crashes, hangs or talks nonsense is killed and replaced; its request is tried
/// once more on a fresh child, so that one document's poison is never blamed on the next, and then it is the document's fault.
/// </summary>
public sealed partial class OcrPool : IAsyncDisposable
{
    private readonly PageOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<OcrPool> _log;
    private readonly SemaphoreSlim _free;
    private readonly ConcurrentBag<OcrChild> _idle = [];
    private readonly ConcurrentDictionary<OcrChild, bool> _alive = [];
    private bool _disposed;

    public OcrPool(IOptions<PageOptions> options, TimeProvider time, ILogger<OcrPool> log)
    {
        _options = options.Value;
        _time = time;
        _log = log;
        Workers = _options.OcrWorkers == 0 ? Environment.ProcessorCount : _options.OcrWorkers;
        _free = new SemaphoreSlim(Workers);
    }

    /// <summary>Children that may work at the same time.</summary>
    public int Workers { get; }

    /// <summary>No reader works and nobody waits for one: what is only useful may take the machine.</summary>
    public bool IsAtRest => _free.CurrentCount == Workers;

    /// <summary>Process ids of the children that are alive, for tests and diagnostics.</summary>
    internal IReadOnlyList<int> ProcessIds => [.. _alive.Keys.Select(child => child.ProcessId)];

    /// <exception cref="DocumentFault">The picture is broken or too large, or reading it crashed or hung two children.</exception>
    internal async Task<(OcrReply Reply, byte[] Payload)> AskAsync(OcrRequest request, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            var (answer, _) = await TryAsync(request, payload, fresh: false, cancellationToken);
            if (answer is null)
            {
                (answer, var reason) = await TryAsync(request, payload, fresh: true, cancellationToken);
                if (answer is null)
                {
                    throw PictureFaults.Of(reason);
                }
            }

            return answer.Value.Reply.Fault is { } fault ? throw PictureFaults.Of(fault) : answer.Value;
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Makes sure that children start on this machine, by starting one unless some are alive.</summary>
    /// <exception cref="InvalidOperationException">They do not; the message is what the child said.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (_alive.IsEmpty)
        {
            Return(await TakeAsync(fresh: false, cancellationToken));
        }
    }

    /// <summary>Ends all children and waits until they are gone.</summary>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        foreach (var child in _alive.Keys)
        {
            await EndAsync(child);
        }

        _free.Dispose();
    }

    private async Task<((OcrReply Reply, byte[] Payload)? Answer, string Reason)> TryAsync(
        OcrRequest request, ReadOnlyMemory<byte> payload, bool fresh, CancellationToken cancellationToken)
    {
        var child = await TakeAsync(fresh, cancellationToken);
        using var deadline = new CancellationTokenSource(_options.PageDeadline, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var answer = await child.AskAsync(request, payload, either.Token);
            Return(child);
            return (answer, "");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await EndAsync(child);
            LogKilled(_log, child.ProcessId, _options.PageDeadline);
            return (null, FaultCodes.TookTooLong);
        }
        catch (Exception exception) when (exception is EndOfStreamException or InvalidDataException)
        {
            var complaints = await EndAsync(child);
            LogCrashed(_log, child.ProcessId);
            var memory = complaints.Contains("bad_alloc", StringComparison.Ordinal) || complaints.Contains("OutOfMemory", StringComparison.OrdinalIgnoreCase);
            return (null, memory ? FaultCodes.TooMuchMemory : FaultCodes.ReaderCrashed);
        }
        catch
        {
            // Cancelled by the caller in the middle of a page: the child's next reply would belong to nobody.
            Drop(child);
            throw;
        }
    }

    private async Task<OcrChild> TakeAsync(bool fresh, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!fresh && _idle.TryTake(out var idle))
        {
            return idle;
        }

        var child = await StartAsync(cancellationToken);
        _alive[child] = true;
        return child;
    }

    /// <exception cref="TransientFailure">Two in a row started and said nothing.</exception>
    private async Task<OcrChild> StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await OcrChild.StartAsync(_options, _time, cancellationToken);
        }
        catch (TimeoutException silence)
        {
            LogSilent(_log, silence);
        }

        try
        {
            return await OcrChild.StartAsync(_options, _time, cancellationToken);
        }
        catch (TimeoutException silence)
        {
            throw new TransientFailure($"{silence.Message} Is the machine overloaded?", inner: silence);
        }
    }

    private void Return(OcrChild child)
    {
        if (_disposed || child.Answered >= _options.PagesPerWorker)
        {
            Drop(child);
        }
        else
        {
            _idle.Add(child);
        }
    }

    private async Task<string> EndAsync(OcrChild child)
    {
        var complaints = await child.KillAsync();
        Drop(child);
        return complaints;
    }

    private void Drop(OcrChild child)
    {
        if (_alive.TryRemove(child, out _))
        {
            child.Dispose();
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Reader child {ProcessId} was killed: no answer within {Deadline}.")]
    private static partial void LogKilled(ILogger logger, int processId, TimeSpan deadline);

    [LoggerMessage(3, LogLevel.Warning, "A reader child was killed and another one started.")]
    private static partial void LogSilent(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "Reader child {ProcessId} ended in the middle of a page.")]
    private static partial void LogCrashed(ILogger logger, int processId);
}
