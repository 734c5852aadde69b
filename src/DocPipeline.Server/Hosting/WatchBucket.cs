using DocPipeline.Ingest;
using Microsoft.Extensions.Hosting;

namespace DocPipeline.Server.Hosting;

internal sealed class WatchBucket(FolderBucket bucket) : BackgroundService
{
    // Before the server says that it is up: whoever reads that may put a file there at once.
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(bucket.Root);
        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => bucket.WatchAsync(stoppingToken);
}
