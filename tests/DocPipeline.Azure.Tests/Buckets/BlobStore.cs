using DocPipeline.Azure.Buckets;
using DocPipeline.Testing.Stores;

namespace DocPipeline.Azure.Tests.Buckets;

/// <summary>Tests that need a store: it is started for them and not for those that only parse.</summary>
[CollectionDefinition(Name)]
public sealed class BlobTests : ICollectionFixture<BlobStore>
{
    public const string Name = "Blobs";
}

/// <summary>One store for all of them; each test has a container of its own.</summary>
public sealed class BlobStore : IAsyncLifetime
{
    public Azurite Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await Azurite.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <param name="way">Null: straight to the store.</param>
    public BlobContainer Container(string name, FaultyWay? way = null, string prefix = "", int pageSize = 1_000, string key = Azurite.Key, int retries = 2)
    {
        var address = Server.Container(name);
        return new(
            new()
            {
                Address = way is null ? address : new Uri(way.Address, address.AbsolutePath),
                Prefix = prefix,
                AccountKey = key,
                PageSize = pageSize,
                Retries = retries,
                RetryDelay = TimeSpan.FromMilliseconds(1),
            },
            TimeProvider.System);
    }
}
