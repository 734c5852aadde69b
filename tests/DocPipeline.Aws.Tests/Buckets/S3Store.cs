using Amazon.Runtime;
using DocPipeline.Aws.Buckets;
using DocPipeline.Testing.Stores;

namespace DocPipeline.Aws.Tests.Buckets;

/// <summary>Tests that need a store: it is started for them and not for those that only parse.</summary>
[CollectionDefinition(Name)]
public sealed class S3Tests : ICollectionFixture<S3Store>
{
    public const string Name = "S3";
}

/// <summary>One store for all of them; each test has a bucket of its own.</summary>
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
