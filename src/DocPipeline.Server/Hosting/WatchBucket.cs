using DocPipeline.Ingest;
using Microsoft.Extensions.Hosting;

namespace DocPipeline.Server.Hosting;

internal sealed class WatchBucket(FolderBucket bucket) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Directory.CreateDirectory(bucket.Root);
        return bucket.WatchAsync(stoppingToken);
    }
}
