using System.Text.Json.Nodes;
using DocPipeline.Aws.Tests.Wire;
using DocPipeline.Aws.Textract;
using DocPipeline.Providers;
using DocPipeline.Testing;
using DocPipeline.Testing.Services;
using DocPipeline.Workflow;

namespace DocPipeline.Aws.Tests.Textract;

public sealed class TextractJobTests
{
    private const string Started = """{"JobId":"job-1"}""";
    private const string Running = """{"JobStatus":"IN_PROGRESS"}""";

    private static readonly S3Location File = new("bucket", "in/claim.pdf", "v7");

    [Fact]
    public async Task A_job_is_waited_for_and_all_pages_of_its_result_are_collected()
    {
        await using var stub = new StubService()
            .Answers(StubReply.Json(Started))
            .Answers(StubReply.Json(Running))
            .Answers(StubReply.Json(SmallReplies.Result(page: 1, of: 2, next: "more+/==")))
            .Answers(StubReply.Json(SmallReplies.Result(page: 2, of: 2)));

        var reading = await ReadAsync(stub, pages: 2);

        Assert.Equal(["word1", "word2"], reading.Pages.Select(page => page.Page.Words.Single().Text));
        Assert.Equal([1, 2], reading.Pages.Select(page => page.Page.Number));
        Assert.Equal(("textract", "DetectDocumentText", 2), (reading.Usage.Provider, reading.Usage.Model, reading.Usage.Units[ProviderUnits.Page]));
        Assert.Empty(reading.Unread);
        Assert.Equal(["Textract.StartDocumentTextDetection", "Textract.GetDocumentTextDetection", "Textract.GetDocumentTextDetection", "Textract.GetDocumentTextDetection"], stub.Requests.Select(request => request["x-amz-target"]));
        Assert.Equal("""{"JobId":"job-1","MaxResults":1000,"NextToken":"more+/=="}""", stub.Requests[3].Text);
    }

    [Fact]
    public async Task Relationships_lead_from_one_page_of_a_result_into_the_next()
    {
        var paged = Recordings.Json("textract", "derived.get-document-analysis.paged.json")["pages"]!.AsArray();
        await using var stub = new StubService().Answers(StubReply.Json(Started)).Answers(StubReply.Json(Recordings.Bytes(paged[0]!))).Answers(StubReply.Json(Recordings.Bytes(paged[1]!)));

        var access = StubAccess.To(stub);
        var client = new TextractClient(access with { Limits = access.Limits with { MaxReplyBytes = 1_000_000 } }, new() { Operation = TextractOperation.AnalyzeDocument });
        var reading = await client.ReadFileAsync(File, "key", [new(612, 792), new(612, 792)], TestContext.Current.CancellationToken);

        Assert.Contains(reading.Pages[0].Pairs, pair => pair is { Label.Text: "Name of package:", Value.Text: "Textractor" });
        Assert.Equal([4, 3], reading.Pages.Select(page => page.Pairs.Count));
    }

    [Fact]
    public async Task The_same_work_has_the_same_token_and_other_work_another()
    {
        await using var stub = new StubService { Otherwise = _ => StubReply.Json("{}", 500) };
        foreach (var key in new[] { "submission-1/step-2", "submission-1/step-2", "submission-2/step-2" })
        {
            await Assert.ThrowsAsync<TransientFailure>(() => ReadAsync(stub, pages: 1, key));
        }

        var tokens = stub.Requests.Select(request => (string)JsonNode.Parse(request.Text)!["ClientRequestToken"]!).ToList();
        Assert.Equal(tokens[0], tokens[1]);
        Assert.NotEqual(tokens[0], tokens[2]);
        Assert.All(tokens, token => Assert.Matches("^[a-f0-9]{64}$", token));
    }

    [Fact]
    public async Task Pages_that_could_not_be_read_are_named()
    {
        await using var stub = new StubService()
            .Answers(StubReply.Json(Started))
            .Answers(StubReply.Json(SmallReplies.Result(page: 1, of: 2, status: "PARTIAL_SUCCESS", extra: ""","Warnings":[{"ErrorCode":"INTERNAL","Pages":[2]}]""")));
        var reading = await ReadAsync(stub, pages: 2);
        Assert.Equal([2], reading.Unread);
        Assert.Equal([1], reading.Pages.Select(page => page.Page.Number));
    }

    [Theory]
    [InlineData(1, 2, "it left out page 2")] // says nothing of page 2
    [InlineData(1, 1, "it has read 1 pages of 2")]
    public async Task A_page_that_is_missing_without_a_word_is_a_broken_reply(int page, int of, string says)
    {
        await using var stub = new StubService().Answers(StubReply.Json(Started)).Answers(StubReply.Json(SmallReplies.Result(page, of)));
        var refusal = await Assert.ThrowsAsync<ProviderRefusal>(() => ReadAsync(stub, pages: 2));
        Assert.Equal(RefusalKind.BadReply, refusal.Kind);
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(2, refusal.Usage!.Units[ProviderUnits.Page]); // it was charged
    }

    [Fact]
    public async Task A_job_that_never_ends_is_asked_a_bounded_number_of_times()
    {
        await using var stub = new StubService { Otherwise = _ => StubReply.Json(Running) }.Answers(StubReply.Json(Started));
        await Assert.ThrowsAsync<TransientFailure>(() => ReadAsync(stub, pages: 1, polls: 5));
        Assert.Equal(6, stub.Requests.Count);
    }

    [Fact]
    public async Task A_job_that_takes_too_long_is_left()
    {
        await using var stub = new StubService { Otherwise = _ => StubReply.Json("""{"JobId":"job-1","JobStatus":"IN_PROGRESS"}""") };
        var access = StubAccess.To(stub);
        var client = new TextractClient(access with { Limits = access.Limits with { JobDeadline = TimeSpan.FromSeconds(20) } }, new());
        var failure = await Assert.ThrowsAsync<TransientFailure>(() => client.ReadFileAsync(File, "key", [new(612, 792)], TestContext.Current.CancellationToken));
        Assert.Contains("within 20 s", failure.Message, StringComparison.Ordinal);
        Assert.InRange(stub.Requests.Count, 0, 12);
    }

    [Fact]
    public async Task A_job_that_failed_is_refused()
    {
        await using var stub = new StubService().Answers(StubReply.Json(Started)).Answers(StubReply.Json("""{"JobStatus":"FAILED","StatusMessage":"John Doe's file"}"""));
        var refusal = await Assert.ThrowsAsync<ProviderRefusal>(() => ReadAsync(stub, pages: 1));
        Assert.Equal(RefusalKind.Declined, refusal.Kind);
        Assert.DoesNotContain("John", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_leads_back_is_followed_once()
    {
        await using var stub = new StubService { Otherwise = _ => StubReply.Json("""{"JobStatus":"SUCCEEDED","DocumentMetadata":{"Pages":1},"NextToken":"again","Blocks":[]}""") }.Answers(StubReply.Json(Started));
        var refusal = await Assert.ThrowsAsync<ProviderRefusal>(() => ReadAsync(stub, pages: 1));
        Assert.Equal(RefusalKind.BadReply, refusal.Kind);
        Assert.Equal(3, stub.Requests.Count);
    }

    [Fact]
    public async Task Tokens_that_lead_on_for_ever_are_followed_a_bounded_number_of_times()
    {
        var next = 0;
        await using var stub = new StubService { Otherwise = _ => StubReply.Json($$"""{"JobStatus":"SUCCEEDED","DocumentMetadata":{"Pages":1},"NextToken":"{{next++}}","Blocks":[]}""") }.Answers(StubReply.Json(Started));
        var client = new TextractClient(StubAccess.To(stub), new() { MaxReplies = 7 });
        await Assert.ThrowsAsync<ProviderRefusal>(() => client.ReadFileAsync(File, "key", [new(612, 792)], TestContext.Current.CancellationToken));
        Assert.InRange(stub.Requests.Count, 7, 9);
    }

    [Fact]
    public async Task An_id_that_is_none_is_not_sent_back()
    {
        await using var stub = new StubService().Answers(StubReply.Json("""{"JobId":"../../etc"}"""));
        Assert.Equal(RefusalKind.BadReply, (await Assert.ThrowsAsync<ProviderRefusal>(() => ReadAsync(stub, pages: 1))).Kind);
    }

    private static Task<LayoutReading> ReadAsync(StubService stub, int pages, string key = "key", int polls = 120)
    {
        var access = StubAccess.To(stub);
        return new TextractClient(access with { Limits = access.Limits with { MaxPolls = polls } }, new())
            .ReadFileAsync(File, key, [.. Enumerable.Repeat(new PageSize(612, 792), pages)], TestContext.Current.CancellationToken);
    }
}
