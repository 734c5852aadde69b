using DocPipeline.Ingest;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DocPipeline.Server.Events;

/// <summary>Lists the configured buckets of object stores, each on its own, so that one in trouble does not hold up the others.</summary>
internal sealed class WatchObjects(
    IEnumerable<IObjectBucket> buckets, ObjectIntake objects, ObjectReconcilerOptions options, TimeProvider time, ILogger<ObjectReconciler> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(buckets.Select(bucket => new ObjectReconciler(bucket, objects, options, time, log).WatchAsync(stoppingToken)));
}
