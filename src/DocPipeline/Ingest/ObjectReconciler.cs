using System.ComponentModel.DataAnnotations;
using DocPipeline.Workflow;
using Microsoft.Extensions.Logging;

namespace DocPipeline.Ingest;

public sealed class ObjectReconcilerOptions
{
    /// <summary>Pause between two full listings. Default five minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan ListEvery { get; set; } = TimeSpan.FromMinutes(5);
}

/// <summary>
/// Lists a bucket and takes in what no event has told of. Holds one page at a time, whatever lies in the bucket; after trouble it goes on with the page it was at.
/// </summary>
/// <remarks>A restarted process begins with the first page: pages of known objects cost one request and one query each.</remarks>
public sealed partial class ObjectReconciler(
    IObjectBucket bucket, ObjectIntake objects, ObjectReconcilerOptions options, TimeProvider time, ILogger<ObjectReconciler> log)
{
    private const int MostReported = 10_000;
    private readonly Dictionary<string, string> _reported = [];
    private string? _continuation;

    /// <summary>Lists again and again until cancelled. Trouble is logged and never ends it.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var pause = options.ListEvery;
                try
                {
                    await ReconcileAsync(cancellationToken);
                }
                catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
                {
                    Log.Waits(log, bucket.Name, FailureClassifier.Classify(failure).Message);
                    pause = pause > TimeSpan.FromSeconds(30) ? TimeSpan.FromSeconds(30) : pause;
                }

                await Task.Delay(pause, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop: everything taken in is committed, everything else is found at the next start.
        }
    }

    /// <summary>Goes through the bucket once, from where the last call stopped if it failed.</summary>
    /// <returns>Objects that were not known.</returns>
    /// <exception cref="TransientFailure">The store does not answer now. The next call goes on with this page.</exception>
    /// <exception cref="BucketRefusal">The store refuses the listing. The next call begins anew.</exception>
    public async Task<int> ReconcileAsync(CancellationToken cancellationToken)
    {
        var found = 0;
        do
        {
            var page = await ListAsync(cancellationToken);
            // Some stores show folders as empty objects.
            var listed = page.Objects.Where(stored => !stored.Key.EndsWith('/')).ToList();
            var unknown = await objects.NewAmongAsync(bucket, listed, cancellationToken);
            foreach (var outcome in await Task.WhenAll(unknown.Select(stored => objects.TakeInAsync(bucket, stored, cancellationToken))))
            {
                Report(outcome);
                found++;
            }

            _continuation = page.Continuation;
        }
        while (_continuation is not null);
        return found;
    }

    private async Task<ObjectPage> ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await bucket.ListAsync(_continuation, cancellationToken);
        }
        catch (BucketRefusal)
        {
            // It may be the place in the listing that is refused: such tokens do not live for ever.
            _continuation = null;
            throw;
        }
    }

    /// <summary>The same trouble with the same object is news once, not at every listing.</summary>
    private void Report(ObjectOutcome outcome)
    {
        if (outcome.Problem is not { } problem)
        {
            _reported.Remove(outcome.Key);
            return;
        }

        if (_reported.Count >= MostReported)
        {
            _reported.Clear();
        }

        if (!_reported.TryGetValue(outcome.Key, out var before) || before != problem)
        {
            _reported[outcome.Key] = problem;
            Log.NotTakenIn(log, ObjectIntake.Shown(outcome.Key), bucket.Name, problem);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(21, LogLevel.Warning, "'{Key}' in {Bucket} is not taken in: {Problem}")]
        public static partial void NotTakenIn(ILogger log, string key, string bucket, string problem);

        [LoggerMessage(22, LogLevel.Warning, "{Bucket} waits: {Problem}")]
        public static partial void Waits(ILogger log, string bucket, string problem);
    }
}
