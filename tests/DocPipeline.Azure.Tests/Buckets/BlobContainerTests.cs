using Azure.Core;
using DocPipeline.Azure.Buckets;
using DocPipeline.Documents;
using DocPipeline.Ingest;
using DocPipeline.Testing.Stores;
using DocPipeline.Workflow;

namespace DocPipeline.Azure.Tests.Buckets;

/// <summary>The container on the real protocol; answers that this store never gives are put in its mouth.</summary>
[Collection(BlobTests.Name)]
public sealed class BlobContainerTests(BlobStore store) : IAsyncLifetime
{
    private readonly string _name = $"c{Guid.NewGuid():N}";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await store.Server.CreateAsync(_name);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("plain.pdf")]
    [InlineData("in/a b+ü (1)~'%20&=?#.pdf")]
    public async Task Exactly_the_bytes_of_the_etag_are_opened(string name)
    {
        var etag = await store.Server.PutAsync(_name, name, "hello");
        var container = store.Container(_name);

        var found = await container.FindAsync(name, versionId: null, Cancelled);
        using var opened = await container.OpenAsync(found, Cancelled);

        Assert.Equal(new StoredObject(name, etag, VersionId: null, 5), found);
        Assert.Equal(5, opened.Size);
        using var reader = new StreamReader(opened.Content);
        Assert.Equal("hello", await reader.ReadToEndAsync(Cancelled));
        Assert.Equal(found, Assert.Single((await container.ListAsync(null, Cancelled)).Objects));
    }

    [Fact]
    public async Task A_container_is_listed_page_by_page_below_its_prefix_and_nothing_twice()
    {
        await Parallel.ForAsync(0, 25, Cancelled, async (i, _) => await store.Server.PutAsync(_name, $"in/{i:00} ü.txt", "x"));
        await store.Server.PutAsync(_name, "elsewhere.txt", "x");
        var container = store.Container(_name, prefix: "in/", pageSize: 10);
        var pages = new List<ObjectPage>();
        do
        {
            pages.Add(await container.ListAsync(pages.LastOrDefault()?.Continuation, Cancelled));
        }
        while (pages[^1].Continuation is not null);

        Assert.Equal([10, 10, 5], pages.Select(page => page.Objects.Count));
        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"in/{i:00} ü.txt"), pages.SelectMany(page => page.Objects).Select(found => found.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_was_overwritten_or_removed_has_disappeared()
    {
        var old = await store.Server.PutAsync(_name, "a.txt", "old");
        await store.Server.PutAsync(_name, "a.txt", "new");
        var container = store.Container(_name);

        var overwritten = await Assert.ThrowsAsync<DocumentFault>(() => container.OpenAsync(new("a.txt", old), Cancelled));
        await store.Server.RemoveAsync(_name, "a.txt");
        var removed = await Assert.ThrowsAsync<DocumentFault>(() => container.OpenAsync(new("a.txt", old), Cancelled));
        var unknown = await Assert.ThrowsAsync<DocumentFault>(() => container.FindAsync("a.txt", null, Cancelled));

        Assert.All([overwritten, removed, unknown], fault => Assert.Equal(FaultCodes.Disappeared, fault.Code));
    }

    [Fact]
    public async Task Wrong_settings_are_for_a_person_to_mend_and_say_which()
    {
        var wrongKey = store.Container(_name, key: "AAAA");
        var nowhere = store.Container("nowhere");

        Assert.Contains("DOCPIPELINE_BLOB_KEY", (await Assert.ThrowsAsync<BucketRefusal>(() => wrongKey.ListAsync(null, Cancelled))).Message, StringComparison.Ordinal);
        Assert.Contains("DOCPIPELINE_BLOB_CONTAINER", (await Assert.ThrowsAsync<BucketRefusal>(() => nowhere.ListAsync(null, Cancelled))).Message, StringComparison.Ordinal);
        Assert.Contains("DOCPIPELINE_BLOB_CONTAINER", (await Assert.ThrowsAsync<BucketRefusal>(() => nowhere.OpenAsync(new("a", "e"), Cancelled))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(412, "ConditionNotMet", typeof(DocumentFault))]
    [InlineData(404, "BlobNotFound", typeof(DocumentFault))]
    [InlineData(404, "ContainerNotFound", typeof(BucketRefusal))]
    [InlineData(409, "BlobArchived", typeof(BucketRefusal))]
    [InlineData(401, "InvalidAuthenticationInfo", typeof(BucketRefusal))]
    [InlineData(403, "AuthorizationPermissionMismatch", typeof(BucketRefusal))]
    [InlineData(429, "TooManyRequests", typeof(TransientFailure))]
    [InlineData(500, "InternalError", typeof(TransientFailure))]
    [InlineData(503, "ServerBusy", typeof(TransientFailure))]
    public async Task Every_answer_is_of_one_kind(int status, string code, Type kind)
    {
        await using var way = new FaultyWay(store.Server.Container(_name));
        way.Answer(status, $"x-ms-error-code: {code}\r\n");

        await Assert.ThrowsAsync(kind, () => store.Container(_name, way, retries: 0).OpenAsync(new("a", "e"), Cancelled));
    }

    [Fact]
    public async Task A_store_that_is_tired_for_a_moment_is_asked_again()
    {
        var etag = await store.Server.PutAsync(_name, "a.txt", "hello");
        await using var way = new FaultyWay(store.Server.Container(_name));
        way.Answer(503, "Retry-After: 0\r\n", times: 2);

        using var opened = await store.Container(_name, way).OpenAsync(new("a.txt", etag), Cancelled);

        Assert.Equal(5, opened.Size);
        Assert.Equal(3, way.Requests);
    }

    [Fact]
    public async Task Damaged_listings_and_stores_that_are_not_there_are_for_later()
    {
        await using var way = new FaultyWay(store.Server.Container(_name));
        way.Answer(200, "Content-Type: application/xml\r\n", "<EnumerationResults><Blobs><Blob>");
        var absent = new BlobContainer(new() { Address = new Uri("http://127.0.0.1:1/a/claims"), AccountKey = Azurite.Key, Retries = 0 }, TimeProvider.System);

        await Assert.ThrowsAsync<TransientFailure>(() => store.Container(_name, way, retries: 0).ListAsync(null, Cancelled));
        await Assert.ThrowsAsync<TransientFailure>(() => absent.ListAsync(null, Cancelled));
    }

    [Fact]
    public async Task A_listing_with_entities_of_its_own_is_not_expanded()
    {
        await using var way = new FaultyWay(store.Server.Container(_name));
        way.Answer(200, "Content-Type: application/xml\r\n", "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><EnumerationResults>&a;</EnumerationResults>");

        await Assert.ThrowsAsync<TransientFailure>(() => store.Container(_name, way, retries: 0).ListAsync(null, Cancelled));
    }

    [Theory]
    [InlineData("https://acme.blob.core.windows.net/claims", "acme", "blob:claims")]
    [InlineData("https://acme.blob.core.windows.net/claims/", "acme", "blob:claims")]
    [InlineData("http://127.0.0.1:10000/devstoreaccount1/claims", "devstoreaccount1", "blob:claims")]
    public void An_address_tells_account_and_container(string address, string account, string name)
    {
        var container = new BlobContainer(new() { Address = new Uri(address), AccountKey = Azurite.Key }, TimeProvider.System);

        Assert.Equal((account, name), (container.Account, container.Name));
    }

    [Theory]
    [InlineData("https://acme.blob.core.windows.net")]
    [InlineData("https://acme.blob.core.windows.net/claims/in")]
    [InlineData("https://acme.blob.core.windows.net/claims?sig=1")]
    [InlineData("ftp://acme.blob.core.windows.net/claims")]
    public void Any_other_address_is_refused(string address) => Assert.False(BlobContainer.IsAddress(new Uri(address)));

    [Fact]
    public async Task A_name_that_would_be_a_step_in_the_path_is_not_asked_for()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => store.Container(_name).OpenAsync(new("a/../b", "e"), Cancelled));
    }

    [Fact]
    public async Task Without_a_key_each_request_brings_a_token_for_storage()
    {
        var identity = new Identity();
        var container = new BlobContainer(new() { Address = new Uri("https://127.0.0.1:1/a/claims"), Retries = 0 }, TimeProvider.System, identity);

        // Nobody is there; but the token was asked for first.
        await Assert.ThrowsAsync<TransientFailure>(() => container.ListAsync(null, Cancelled));
        Assert.Equal("https://storage.azure.com/.default", identity.Scope);
    }

    private sealed class Identity : TokenCredential
    {
        public string? Scope { get; private set; }

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scope = Assert.Single(requestContext.Scopes);
            return new("token", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
