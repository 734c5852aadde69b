using DocPipeline.Azure.Buckets;
using DocPipeline.Azure.Tests.Buckets;
using DocPipeline.Testing.Stores;

[assembly: AssemblyFixture(typeof(BlobStore))]

namespace DocPipeline.Azure.Tests.Buckets;

/// <summary>One store for all tests; each has a container of its own.</summary>
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
