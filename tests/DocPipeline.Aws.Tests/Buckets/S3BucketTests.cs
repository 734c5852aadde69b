using DocPipeline.Aws.Buckets;
using DocPipeline.Documents;
using DocPipeline.Ingest;
using DocPipeline.Testing.Stores;
using DocPipeline.Workflow;

namespace DocPipeline.Aws.Tests.Buckets;

/// <summary>The bucket on the real protocol; answers that this store never gives are put in its mouth.</summary>
[Collection(S3Tests.Name)]
public sealed class S3BucketTests(S3Store store)
{
    private readonly string _bucket = store.Server.Create();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("plain.pdf")]
    [InlineData("a b+ü (1)~'%20&=?#.pdf")]
    [InlineData("deep/er/claim.pdf")]
    public async Task Exactly_the_bytes_of_the_etag_are_opened(string name)
    {
        var etag = store.Server.Put(_bucket, name, "hello");
        using var bucket = store.Bucket(_bucket);

        var found = await bucket.FindAsync(name, versionId: null, Cancelled);
        using var opened = await bucket.OpenAsync(found, Cancelled);

        Assert.Equal(new StoredObject(name, etag, VersionId: null, 5), found);
        Assert.Equal(5, opened.Size);
        using var reader = new StreamReader(opened.Content);
        Assert.Equal("hello", await reader.ReadToEndAsync(Cancelled));
        Assert.Equal(found, Assert.Single((await bucket.ListAsync(null, Cancelled)).Objects));
    }

    [Fact]
    public async Task A_long_bucket_is_listed_page_by_page_and_nothing_twice()
    {
        for (var i = 0; i < 2_500; i++)
        {
            store.Server.Put(_bucket, $"in/{i:0000}.txt", "");
        }

        store.Server.Put(_bucket, "elsewhere.txt", "");
        using var bucket = store.Bucket(_bucket, prefix: "in/");
        var pages = new List<ObjectPage>();
        do
        {
            pages.Add(await bucket.ListAsync(pages.LastOrDefault()?.Continuation, Cancelled));
        }
        while (pages[^1].Continuation is not null);

        Assert.Equal([1_000, 1_000, 500], pages.Select(page => page.Objects.Count));
        Assert.Equal(Enumerable.Range(0, 2_500).Select(i => $"in/{i:0000}.txt"), pages.SelectMany(page => page.Objects).Select(found => found.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_was_overwritten_or_removed_has_disappeared()
    {
        const string key = "a.txt";
        var old = store.Server.Put(_bucket, key, "old");
        store.Server.Put(_bucket, key, "new");
        using var bucket = store.Bucket(_bucket);

        var overwritten = await Assert.ThrowsAsync<DocumentFault>(() => bucket.OpenAsync(new(key, old), Cancelled));
        store.Server.Remove(_bucket, key);
        var removed = await Assert.ThrowsAsync<DocumentFault>(() => bucket.OpenAsync(new(key, old), Cancelled));
        var unknown = await Assert.ThrowsAsync<DocumentFault>(() => bucket.FindAsync(key, null, Cancelled));

        Assert.All([overwritten, removed, unknown], fault => Assert.Equal(FaultCodes.Disappeared, fault.Code));
        Assert.Contains("overwritten", overwritten.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_settings_are_for_a_person_to_mend_and_say_which()
    {
        using var wrongKey = store.Bucket(_bucket, key: "somebody");
        using var nowhere = store.Bucket("nowhere");

        Assert.Contains("InvalidAccessKeyId", (await Assert.ThrowsAsync<BucketRefusal>(() => wrongKey.ListAsync(null, Cancelled))).Message, StringComparison.Ordinal);
        Assert.Contains("DOCPIPELINE_S3_BUCKET", (await Assert.ThrowsAsync<BucketRefusal>(() => nowhere.ListAsync(null, Cancelled))).Message, StringComparison.Ordinal);
        Assert.Contains("DOCPIPELINE_S3_BUCKET", (await Assert.ThrowsAsync<BucketRefusal>(() => nowhere.OpenAsync(new("a", "e"), Cancelled))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(412, "PreconditionFailed", typeof(DocumentFault))]
    [InlineData(404, "NoSuchKey", typeof(DocumentFault))]
    [InlineData(404, "NoSuchVersion", typeof(DocumentFault))]
    [InlineData(405, "MethodNotAllowed", typeof(DocumentFault))]
    [InlineData(403, "AccessDenied", typeof(BucketRefusal))]
    [InlineData(403, "InvalidObjectState", typeof(BucketRefusal))]
    [InlineData(400, "ExpiredToken", typeof(BucketRefusal))]
    [InlineData(403, "RequestTimeTooSkewed", typeof(TransientFailure))]
    [InlineData(429, "TooManyRequests", typeof(TransientFailure))]
    [InlineData(500, "InternalError", typeof(TransientFailure))]
    [InlineData(503, "SlowDown", typeof(TransientFailure))]
    public async Task Every_answer_is_of_one_kind(int status, string code, Type kind)
    {
        await using var way = new FaultyWay(store.Server.Address);
        way.Answer(status, "Content-Type: application/xml\r\n", $"<Error><Code>{code}</Code><Message>No.</Message></Error>", times: 4);
        using var bucket = store.Bucket(_bucket, way.Address, retries: 0);

        await Assert.ThrowsAsync(kind, () => bucket.OpenAsync(new("a", "e"), Cancelled));
    }

    [Fact]
    public async Task A_store_that_is_tired_for_a_moment_is_asked_again()
    {
        var etag = store.Server.Put(_bucket, "a.txt", "hello");
        await using var way = new FaultyWay(store.Server.Address);
        way.Answer(503, body: "<Error><Code>SlowDown</Code></Error>");
        using var bucket = store.Bucket(_bucket, way.Address);

        using var opened = await bucket.OpenAsync(new("a.txt", etag), Cancelled);

        Assert.Equal(5, opened.Size);
    }

    [Fact]
    public async Task A_store_that_is_not_there_is_for_later()
    {
        // Nobody listens on the port of tcpmux.
        using var bucket = new S3Bucket(new() { Bucket = "claims", Endpoint = new Uri("http://127.0.0.1:1"), Retries = 0 }, new Amazon.Runtime.BasicAWSCredentials("a", "b"));

        await Assert.ThrowsAsync<TransientFailure>(() => bucket.ListAsync(null, Cancelled));
    }
}
