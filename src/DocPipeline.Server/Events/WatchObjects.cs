using DocPipeline.Ingest;
using Microsoft.Extensions.Hosting;

namespace DocPipeline.Server.Events;

internal sealed class WatchObjects(BucketListings listings) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => listings.WatchAsync(stoppingToken);
}
