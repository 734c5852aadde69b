using Amazon.Runtime;
using DocPipeline.Aws.Buckets;
using DocPipeline.Documents;
using DocPipeline.Ingest;
using DocPipeline.Testing.Services;

namespace DocPipeline.Aws.Tests.Buckets;

/// <summary>What goes over the wire for exactly one version of an object: s3rver keeps no versions, looks at no If-Match, and computes no signature.</summary>
public sealed class S3VersionTests
{
    private const string AccessKey = "AKIDEXAMPLE";
    private const string SecretKey = "not-a-secret";

    // The ETag is the MD5 of what is stored: the SDK compares.
    private static readonly StoredObject Named = new("in/a b+ü.pdf", "5d41402abc4b2a76b9719d911017c592", VersionId: "v1.x/2=", 5);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_version_that_an_event_names_is_asked_for_with_its_etag_in_a_request_whose_signature_is_right()
    {
        await using var store = new StubService().Answers(Object(Named.ETag));
        using var bucket = Bucket(store);

        using var opened = await bucket.OpenAsync(Named, Cancelled);

        using var reader = new StreamReader(opened.Content);
        Assert.Equal("hello", await reader.ReadToEndAsync(Cancelled));
        var request = Assert.Single(store.Requests);
        Assert.Equal(("GET", "/claims/in/a%20b%2B%C3%BC.pdf"), (request.Method, request.Path));
        Assert.Contains("versionId=v1.x%2F2%3D", request.Target, StringComparison.Ordinal);
        Assert.Equal($"\"{Named.ETag}\"", request["If-Match"]);
        AssertSigned(request, "host", "if-match", "x-amz-content-sha256", "x-amz-date");
    }

    [Fact]
    public async Task A_message_without_a_size_is_looked_up_by_the_version_that_it_names()
    {
        await using var store = new StubService().Answers(Object(Named.ETag));
        using var bucket = Bucket(store);

        Assert.Equal(Named with { ETag = Named.ETag }, await bucket.FindAsync(Named.Key, Named.VersionId, Cancelled));

        var request = Assert.Single(store.Requests);
        Assert.Equal("HEAD", request.Method);
        Assert.Contains("versionId=v1.x%2F2%3D", request.Target, StringComparison.Ordinal);
        AssertSigned(request, "host", "x-amz-content-sha256", "x-amz-date");
    }

    [Fact]
    public async Task A_store_that_gives_other_bytes_under_the_version_is_found_out()
    {
        await using var store = new StubService().Answers(Object("00000000000000000000000000000000"));
        using var bucket = Bucket(store);

        Assert.Equal(FaultCodes.Disappeared, (await Assert.ThrowsAsync<DocumentFault>(() => bucket.OpenAsync(Named, Cancelled))).Code);
    }

    private static StubReply Object(string etag) => new StubReply(200, "hello"u8.ToArray()).With("ETag", $"\"{etag}\"").With("x-amz-version-id", Named.VersionId!).With("Content-Type", "application/pdf");

    private static S3Bucket Bucket(StubService store) =>
        new(new() { Bucket = "claims", Endpoint = store.Address, Region = "eu-central-1", Retries = 0 }, new BasicAWSCredentials(AccessKey, SecretKey));

    /// <param name="least">Headers that must be signed; others may be.</param>
    private static void AssertSigned(StubRequest request, params string[] least)
    {
        var names = request["authorization"]!.Split("SignedHeaders=")[1].Split(',')[0].Split(';');
        Assert.All(least, name => Assert.Contains(name, names));
        Assert.Equal(SignatureVersion4.Of(request, AccessKey, SecretKey, "eu-central-1", "s3", names), request["authorization"]);
    }
}
