using Amazon.Runtime;
using DocPipeline.Aws.Buckets;
using DocPipeline.Aws.Tests.Buckets;
using DocPipeline.Testing.Stores;

[assembly: AssemblyFixture(typeof(S3Store))]

namespace DocPipeline.Aws.Tests.Buckets;

/// <summary>One store for all tests; each has a bucket of its own.</summary>
public sealed class S3Store : IAsyncLifetime
{
    public S3Rver Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await S3Rver.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <param name="address">Null: the store itself.</param>
    public S3Bucket Bucket(string name, Uri? address = null, string prefix = "", int pageSize = 1_000, string key = S3Rver.AccessKey, int retries = 2) => new(
        new() { Bucket = name, Prefix = prefix, Endpoint = address ?? Server.Address, PageSize = pageSize, Retries = retries },
        new BasicAWSCredentials(key, S3Rver.SecretKey));
}
