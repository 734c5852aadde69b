using DocPipeline.Aws.Buckets;
using DocPipeline.Aws.Events;
using DocPipeline.Ingest;
using Microsoft.Extensions.DependencyInjection;

namespace DocPipeline.Aws;

public static class AwsServices
{
    private const int LargestCertificate = 64 * 1024;

    /// <summary>A bucket of S3, and the door where it is told what was put there.</summary>
    /// <param name="bucket">Null: none; then the door knows no bucket.</param>
    /// <param name="topics">Topics of SNS that are believed.</param>
    public static IServiceCollection AddS3(this IServiceCollection services, S3BucketOptions? bucket, IReadOnlyList<string> topics)
    {
        if (bucket is not null)
        {
            services.AddSingleton<IObjectBucket>(_ => new S3Bucket(bucket));
        }

        return services
            .AddSingleton(provider => new SnsGuard(topics, Amazon(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<S3EventDoor>();
    }

    private static HttpClient Amazon() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = TimeSpan.FromSeconds(10),
            MaxResponseContentBufferSize = LargestCertificate,
        };
}
