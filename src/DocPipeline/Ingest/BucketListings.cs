using DocPipeline.Workflow;
using Microsoft.Extensions.Logging;

namespace DocPipeline.Ingest;

/// <summary>The listings of all configured buckets, each on its own: one in trouble does not hold up the others.</summary>
public sealed partial class BucketListings(
    IEnumerable<IObjectBucket> buckets, ObjectIntake objects, ObjectReconcilerOptions options, TimeProvider time, ILogger<ObjectReconciler> log)
{
    private readonly (IObjectBucket Bucket, ObjectReconciler Reconciler)[] _all =
        [.. buckets.Select(bucket => (bucket, new ObjectReconciler(bucket, objects, options, time, log)))];

    /// <summary>Lists again and again until cancelled.</summary>
    public Task WatchAsync(CancellationToken cancellationToken) => Task.WhenAll(_all.Select(one => one.Reconciler.WatchAsync(cancellationToken)));

    /// <summary>Goes through each bucket once. Trouble is logged; the next call goes on from there. For hosts that have a clock of their own.</summary>
    public Task ReconcileAsync(CancellationToken cancellationToken) => Task.WhenAll(_all.Select(async one =>
    {
        try
        {
            await one.Reconciler.ReconcileAsync(cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Waits(log, one.Bucket.Name, FailureClassifier.Classify(failure).Message);
        }
    }));

    private static partial class Log
    {
        [LoggerMessage(25, LogLevel.Warning, "{Bucket} cannot be listed now: {Problem}")]
        public static partial void Waits(ILogger log, string bucket, string problem);
    }
}
