using DocPipeline.Aws;
using DocPipeline.Aws.Buckets;
using DocPipeline.Azure;
using DocPipeline.Azure.Buckets;
using DocPipeline.Ingest;
using DocPipeline.Server.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace DocPipeline.Server.Events;

/// <summary>The buckets of object stores: those that are configured, the listing of each, and the doors where they tell of new objects.</summary>
internal static class BucketServices
{
    public static IServiceCollection AddBuckets(this IServiceCollection services, ServerSettings settings) => services
        .AddObjectIntake(Door.IntakeOptions(settings), new() { ListEvery = TimeSpan.FromSeconds(settings.ObjectListSeconds) })
        .AddS3(S3Of(settings), settings.Topics)
        .AddBlobs(BlobsOf(settings))
        .AddHostedService<WatchObjects>();

    private static S3BucketOptions? S3Of(ServerSettings settings) => settings.S3Bucket.Length == 0 ? null : new()
    {
        Bucket = settings.S3Bucket,
        Prefix = settings.S3Prefix,
        Region = settings.S3Region,
        Endpoint = settings.S3Endpoint.Length > 0 ? new Uri(settings.S3Endpoint) : null,
    };

    private static BlobContainerOptions? BlobsOf(ServerSettings settings) => settings.BlobContainer.Length == 0 ? null : new()
    {
        Address = new Uri(settings.BlobContainer),
        Prefix = settings.BlobPrefix,
        AccountKey = settings.BlobKey.Length > 0 ? settings.BlobKey : null,
    };
}
