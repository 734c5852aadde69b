using System.Text.Json.Nodes;
using Azure.Core;
using DocPipeline.Azure.DocumentIntelligence;
using DocPipeline.Providers;
using DocPipeline.Testing;
using DocPipeline.Testing.Services;

namespace DocPipeline.Azure.Tests.DocumentIntelligence;

public sealed class RequestTests
{
    // Sent by address or in JSON: we send bytes. The retry after 429 is the gate's.
    private static readonly string[] NotSentByUs = ["document-intelligence.429-retry-after", "document-intelligence.analyze.base64", "document-intelligence.analyze.url"];

    [Fact]
    public void Every_recorded_request_is_compared_with_ours() => Assert.Equal(
        NotSentByUs.Concat(["document-intelligence.analyze.bearer", "document-intelligence.analyze.octet-stream", "document-intelligence.delete-result"]).Order(StringComparer.Ordinal),
        Directory.EnumerateFiles(Recordings.Folder("requests"), "document-intelligence.*").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_document_is_sent_asked_for_and_deleted_as_the_official_SDK_does_it()
    {
        var recorded = Recordings.Json("requests", "document-intelligence.analyze.octet-stream.json")["requests"]!.AsArray().Append(Recordings.Json("requests", "document-intelligence.delete-result.json")["requests"]![0]).ToList();
        await using var stub = new StubService();
        stub.Answers(StubResource.Started(stub, "prebuilt-read")).Answers(StubReply.Json(StubResource.Running)).Answers(StubReply.Json(StubResource.Result.Replace("prebuilt-layout", "prebuilt-read", StringComparison.Ordinal))).Answers(StubReply.Empty(204));

        await StubResource.ReadAsync(StubResource.At(stub) with { Model = DocumentIntelligenceModels.Read });

        Assert.Equal(recorded.Count, stub.Requests.Count);
        foreach (var (sent, expected) in stub.Requests.Zip(recorded))
        {
            Assert.Equal((string?)expected!["method"], sent.Method);
            var path = (string)expected["path"]!;
            Assert.Equal(path.Split('?')[0], sent.Path);
            Assert.Equal(sent.Method == "POST" ? [.. Query(path), "stringIndexType=utf16CodeUnit"] : Query(path), Query(sent.Target));
            foreach (var header in new[] { "accept", "content-type", "Ocp-Apim-Subscription-Key" })
            {
                Assert.Equal((string?)expected["headers"]![header], sent[header]);
            }
        }

        Assert.Equal((string?)recorded[0]!["body"]!["text"], stub.Requests[0].Text);
    }

    [Fact]
    public async Task Features_are_asked_for_as_the_official_SDK_asks()
    {
        await using var stub = new StubService().Answers(StubReply.Empty(500));
        await Assert.ThrowsAsync<Workflow.TransientFailure>(() => StubResource.ReadAsync(StubResource.At(stub) with { Features = ["keyValuePairs", "queryFields"] }));
        var recorded = (string)Recordings.Json("requests", "document-intelligence.analyze.base64.json")["requests"]![0]!["path"]!;
        Assert.Contains(Query(recorded).Single(part => part.StartsWith("features=", StringComparison.Ordinal)), Query(stub.Requests.Single().Target));
    }

    [Fact]
    public async Task Entra_is_asked_for_the_services_scope_and_its_token_sent()
    {
        await using var stub = new StubService().Answers(StubReply.Empty(500));
        var credential = new RecordedCredential();
        await Assert.ThrowsAsync<Workflow.TransientFailure>(() => StubResource.ReadAsync(StubResource.At(stub) with
        {
            Endpoint = new UriBuilder(stub.Address) { Scheme = "https" }.Uri, // a token is sent over TLS only
            Key = null,
            Credential = credential,
            Handler = new WithoutTls(),
        }));
        Assert.Equal(["https://cognitiveservices.azure.com/.default"], credential.Scopes);
        var recorded = (string)Recordings.Json("requests", "document-intelligence.analyze.bearer.json")["requests"]![0]!["headers"]!["Authorization"]!;
        Assert.Equal(recorded, stub.Requests.Single()["Authorization"]);
        Assert.Null(stub.Requests.Single()["Ocp-Apim-Subscription-Key"]);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_sent()
    {
        await using var stub = new StubService();
        var refusal = await Assert.ThrowsAsync<ProviderRefusal>(() => StubResource.ReadAsync(StubResource.At(stub) with
        {
            Endpoint = new UriBuilder(stub.Address) { Scheme = "https" }.Uri,
            Key = null,
            Credential = new NoCredential(),
        }));
        Assert.Equal(RefusalKind.NotAllowed, refusal.Kind);
        Assert.DoesNotContain("tenant-of-ours", refusal.ToString(), StringComparison.Ordinal);
        Assert.Equal(RefusalKind.NotAllowed, Assert.Throws<ProviderRefusal>(() => StubResource.Client(StubResource.At(stub) with { Key = null })).Kind);
    }

    private static IEnumerable<string> Query(string target) => target.Split('?')[1].Split('&').Order(StringComparer.Ordinal);

    private sealed class RecordedCredential : TokenCredential
    {
        public List<string> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.AddRange(requestContext.Scopes);
            return new AccessToken($"FAKE-AAD for {requestContext.Scopes[0]}", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }

    private sealed class NoCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new global::Azure.Identity.AuthenticationFailedException("tenant-of-ours said no");

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }

    // The stub speaks plain HTTP.
    private sealed class WithoutTls() : DelegatingHandler(Providers.Wire.WireHttp.Shared)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new UriBuilder(request.RequestUri!) { Scheme = "http" }.Uri;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
