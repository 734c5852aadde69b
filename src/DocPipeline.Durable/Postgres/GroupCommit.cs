using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace DocPipeline.Durable.Postgres;

/// <summary>
/// Writes that arrive while another is under way go together in one statement and one commit. Nothing is delayed on purpose:
/// a lone write goes out at once.
/// </summary>
/// <param name="limit">Time after which a lane no longer waits for the database: what comes later must not queue behind a connection that is silent.</param>
/// <remarks>An item whose result is null was not written (its instance was locked, fenced, or the batch failed); the caller writes it alone and finds out.</remarks>
internal sealed partial class GroupCommit<TItem, TResult>(
    Database database, Func<IReadOnlyList<TItem>, Task<TResult?[]>> write, int lanes, TimeSpan limit, ILogger log)
    where TResult : class
{
    private const int LargestBatch = 256;

    private readonly Channel<(TItem Item, TaskCompletionSource<TResult?> Result)> _queue =
        Channel.CreateUnbounded<(TItem, TaskCompletionSource<TResult?>)>();

    public Task<TResult?> WriteAsync(TItem item)
    {
        var result = new TaskCompletionSource<TResult?>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_queue.Writer.TryWrite((item, result)))
        {
            result.SetResult(null);
        }

        return result.Task;
    }

    /// <summary>Runs until <paramref name="cancellationToken"/>; what is queued then is answered with null.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(Enumerable.Range(0, lanes).Select(_ => RunLaneAsync(cancellationToken)));
        _queue.Writer.TryComplete();
        while (_queue.Reader.TryRead(out var left))
        {
            left.Result.TrySetResult(null);
        }
    }

    private async Task RunLaneAsync(CancellationToken cancellationToken)
    {
        var batch = new List<(TItem Item, TaskCompletionSource<TResult?> Result)>();
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await _queue.Reader.WaitToReadAsync(cancellationToken);
                while (batch.Count < LargestBatch && _queue.Reader.TryRead(out var next))
                {
                    batch.Add(next);
                }

                var results = batch.Count == 0 ? [] : await database.AskAsync(() => write([.. batch.Select(entry => entry.Item)]), limit, cancellationToken);
                for (var i = 0; i < batch.Count; i++)
                {
                    batch[i].Result.TrySetResult(results[i]);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Every item is now written alone by its caller, which meets the same error if it is still there.
                LogBatchFailed(log, batch.Count, exception.GetType().Name);
            }
            finally
            {
                foreach (var (_, result) in batch)
                {
                    result.TrySetResult(null);
                }

                batch.Clear();
            }
        }
    }

    [LoggerMessage(10, LogLevel.Debug, "A group of {Count} writes failed ({Kind}); each is written alone.")]
    private static partial void LogBatchFailed(ILogger log, int count, string kind);
}
