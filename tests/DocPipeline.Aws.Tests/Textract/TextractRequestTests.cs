using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DocPipeline.Aws.Tests.Wire;
using DocPipeline.Aws.Textract;
using DocPipeline.Providers;
using DocPipeline.Testing;
using DocPipeline.Testing.Services;

namespace DocPipeline.Aws.Tests.Textract;

/// <summary>Requests as the official SDK sends them: bodies byte for byte (their hash is in the recording), headers, signature.</summary>
public sealed class TextractRequestTests
{
    private static readonly byte[] Picture = "%PDF-1.4 fake"u8.ToArray();

    private static readonly Dictionary<string, TextractOptions> Sync = new(StringComparer.Ordinal)
    {
        ["textract.DetectDocumentText.bytes"] = new(),
        ["textract.AnalyzeDocument.bytes"] = new()
        {
            Operation = TextractOperation.AnalyzeDocument,
            Features = TextractFeatures.Forms | TextractFeatures.Tables | TextractFeatures.Queries,
            Queries = [new("What is the patient name?", "PATIENT_NAME") { Pages = ["1"] }, new("Total charge?", "TOTAL")],
        },
        ["textract.AnalyzeDocument.bytes.session-token"] = new() { Operation = TextractOperation.AnalyzeDocument, Features = TextractFeatures.Forms },
        ["textract.AnalyzeExpense.bytes"] = new() { Operation = TextractOperation.AnalyzeExpense },
        ["textract.AnalyzeID.bytes"] = new() { Operation = TextractOperation.AnalyzeID },
    };

    // Of one page in S3 nothing is read: pages are sent as pictures that our own child made.
    private static readonly string[] Others = ["textract.AnalyzeDocument.s3object", "textract.GetDocumentAnalysis.poll-and-page", "textract.StartDocumentAnalysis", "textract.StartDocumentTextDetection"];

    public static TheoryData<string> SyncNames => [.. Sync.Keys];

    [Fact]
    public void Every_recorded_request_is_compared_with_ours() => Assert.Equal(
        Sync.Keys.Concat(Others).Order(StringComparer.Ordinal),
        Directory.EnumerateFiles(Recordings.Folder("requests"), "textract.*").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(SyncNames))]
    public async Task A_page_is_sent_as_the_official_SDK_sends_it(string name)
    {
        var recorded = Recordings.Requests(name)[0];
        await using var stub = new StubService().Answers(StubReply.Json("{}"));
        var token = name.EndsWith("session-token", StringComparison.Ordinal) ? StubAccess.Token : null;
        await Assert.ThrowsAsync<ProviderRefusal>(() => new TextractClient(StubAccess.To(stub, token), Sync[name]).ReadPageAsync(StubAccess.Picture, TestContext.Current.CancellationToken));

        var sent = stub.Requests.Single();
        Assert.Equal((string?)recorded["headers"]!["x-amz-content-sha256"], Convert.ToHexStringLower(SHA256.HashData(sent.Body)));
        Assert.Equal(("POST", "/"), (sent.Method, sent.Target));
        foreach (var header in new[] { "content-type", "x-amz-target", "content-length", "x-amz-security-token", "x-amz-content-sha256" })
        {
            Assert.Equal((string?)recorded["headers"]![header], sent[header]);
        }

        StubAccess.AssertSigned(sent, "textract", [.. new[] { "content-type", "host", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token", "x-amz-target" }.Where(header => sent[header] is not null)]);
    }

    [Fact]
    public void Pages_of_a_result_are_asked_for_as_the_official_SDK_asks()
    {
        var requests = Recordings.Requests("textract.GetDocumentAnalysis.poll-and-page");
        var job = new string('a', 64);
        Assert.Equal((string?)requests[1]["headers"]!["x-amz-content-sha256"], Hash(TextractRequests.Get(job, 1000, next: null)));
        Assert.Equal((string?)requests[2]["headers"]!["x-amz-content-sha256"], Hash(TextractRequests.Get(job, 1000, "TOKEN+/==")));
    }

    [Fact]
    public void A_job_is_started_as_the_official_SDK_starts_it()
    {
        var place = new S3Location("my-bucket", "in/doc.pdf");
        Assert.Equal((string?)Recordings.Requests("textract.StartDocumentTextDetection")[0]["headers"]!["x-amz-content-sha256"], Hash(TextractRequests.Start(new(), place, token: null)));

        // The recording also asks for a notification and a copy of the result, which we do not.
        var recorded = Recordings.Requests("textract.StartDocumentAnalysis")[0]["body"]!.AsObject();
        Assert.True(recorded.Remove("JobTag") && recorded.Remove("NotificationChannel") && recorded.Remove("OutputConfig"));
        var options = new TextractOptions
        {
            Operation = TextractOperation.AnalyzeDocument,
            Features = TextractFeatures.Forms | TextractFeatures.Tables | TextractFeatures.Queries,
            Queries = [new("What is the total?", "TOTAL") { Pages = ["*"] }],
        };
        Assert.Equal(recorded.ToJsonString(), JsonNode.Parse(TextractRequests.Start(options, place, "idem-0001"))!.ToJsonString());
    }

    [Fact]
    public void A_version_of_an_object_is_named_as_in_the_recording()
    {
        var recorded = Recordings.Requests("textract.AnalyzeDocument.s3object")[0]["body"]!["Document"]!["S3Object"]!;
        var ours = JsonNode.Parse(TextractRequests.Start(new(), new("my-bucket", "in/a b+ü.pdf", "v1"), token: null))!;
        Assert.Equal(recorded.ToJsonString(), ours["DocumentLocation"]!["S3Object"]!.ToJsonString());
    }

    [Fact]
    public async Task Settings_that_do_not_fit_together_are_refused_before_anything_is_sent()
    {
        await using var stub = new StubService();
        var access = StubAccess.To(stub);
        Assert.Throws<ProviderRefusal>(() => new TextractClient(access, new() { Operation = TextractOperation.AnalyzeDocument, Features = TextractFeatures.Queries }));
        Assert.Throws<ProviderRefusal>(() => new TextractClient(access with { Region = "us-east-1.attacker.example/" }, new()));
        Assert.Throws<ProviderRefusal>(() => new TextractClient(access with { Endpoint = new Uri("http://textract.example") }, new()));
        var client = new TextractClient(access, new() { MaxPictureBytes = 3 });
        var refusal = await Assert.ThrowsAsync<ProviderRefusal>(() => client.ReadPageAsync(StubAccess.Picture, TestContext.Current.CancellationToken));
        Assert.Equal(RefusalKind.Unsupported, refusal.Kind);
        Assert.Equal(Picture.Length, StubAccess.Picture.Bytes.Length);
    }

    private static string Hash(byte[] body) => Convert.ToHexStringLower(SHA256.HashData(body));
}
