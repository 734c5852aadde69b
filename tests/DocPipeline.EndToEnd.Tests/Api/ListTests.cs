using System.Net;
using System.Text.Json;

namespace DocPipeline.EndToEnd.Tests.Api;

/// <summary>Lists as a program uses them.</summary>
public sealed class ListTests(ApiMachine machine) : IClassFixture<ApiMachine>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("claims", "claim_number", "SELECT claim_number FROM docpipeline.claims_v1 ORDER BY received_at DESC, submission_id DESC")]
    [InlineData("rows", "evidence_text", "SELECT evidence_text FROM docpipeline.table_rows_v1 ORDER BY submission_id, document, table_name, row")]
    [InlineData("history", "hash", "SELECT encode(hash, 'hex') FROM docpipeline.audit ORDER BY submission_id, seq")]
    [InlineData("actions", "hash", "SELECT encode(hash, 'hex') FROM docpipeline.review_action ORDER BY id")]
    public async Task Page_after_page_every_row_comes_once_and_in_order(string list, string field, string expected)
    {
        var seen = new List<string>();
        string? next = null;
        do
        {
            using var page = await GetAsync($"/api/v1/{list}?limit=37&fields={field}{(next is null ? "" : $"&cursor={next}")}");
            seen.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty(field).GetString()!));
            next = page.RootElement.GetProperty("next").GetString();
        }
        while (next is not null);

        Assert.True(seen.Count >= ApiMachine.Claims);
        Assert.Equal(await machine.Machine.ListAsync(expected), seen);
    }

    [Theory]
    [InlineData("claim_number=%20cl-2%200", "CL-20")]
    [InlineData("q=cl-20&key=claims/20.pdf", "CL-20")]
    [InlineData("q=K%C3%96HLER&total_to=115", "CL-3")]
    [InlineData("state=needs_review", "CL-100,CL-200")]
    [InlineData("state=needs_review,rejected&total_from=300.01", "CL-200")]
    [InlineData("policy_number=PN-7&currency=USD", "CL-7")]
    [InlineData("date_of_loss_from=2025-12-30&date_of_loss_to=2025-12-31", "CL-1,CL-2")]
    [InlineData("reason_code=low_confidence&q=200", "CL-200")]
    [InlineData("q=100%25", "")]
    [InlineData("q=CL_20", "")]
    [InlineData("q=%5C", "")]
    [InlineData("received_before=2000-01-01T00:00:00Z", "")]
    public async Task A_filter_leaves_exactly_what_it_says(string filter, string claims)
    {
        using var page = await GetAsync($"/api/v1/claims?fields=claim_number&{filter}");

        var found = page.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("claim_number").GetString()!);
        Assert.Equal(claims.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(), found.Order());
    }

    [Fact]
    public async Task Every_mistake_is_named_at_once()
    {
        using var reply = await machine.Client.GetAsync("/api/v1/claims?limit=0&state=lost&total_from=much&colour=red&fields=colour&cursor=abc&received_from=2026-01-05T00:00:00&q=a&q=b", Cancelled);
        using var problem = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Cancelled));

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Equal("application/problem+json", reply.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            ["colour", "cursor", "fields", "limit", "q", "received_from", "state", "total_from"],
            problem.RootElement.GetProperty("mistakes").EnumerateArray().Select(mistake => mistake.GetProperty("parameter").GetString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_cursor_of_another_list_is_refused()
    {
        using var page = await GetAsync("/api/v1/submissions?limit=1");

        using var reply = await machine.Client.GetAsync($"/api/v1/claims?cursor={page.RootElement.GetProperty("next")}", Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
    }

    [Fact]
    public async Task Who_has_a_reply_gets_it_again_only_when_it_has_changed()
    {
        var id = await machine.Machine.QueryAsync<Guid>("SELECT submission_id FROM docpipeline.claims_v1 WHERE claim_number = 'CL-200'");
        using var first = await machine.Client.GetAsync($"/api/v1/claims/{id}", Cancelled);
        using var same = await AskAgainAsync();
        await machine.Machine.ExecuteAsync($"UPDATE docpipeline.claim SET loss_location = 'Side Street' WHERE submission_id = '{id}'");
        using var changed = await AskAgainAsync();

        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Equal(first.Headers.ETag, same.Headers.ETag);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.NotEqual(first.Headers.ETag, changed.Headers.ETag);

        async Task<HttpResponseMessage> AskAgainAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/claims/{id}") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
            return await machine.Client.SendAsync(request, Cancelled);
        }
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v2/claims", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/claims/not-an-id", HttpStatusCode.NotFound)]
    [InlineData("PUT", "/api/v1/claims", HttpStatusCode.MethodNotAllowed)]
    public async Task What_is_not_there_is_a_problem_too(string method, string path, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var reply = await machine.Client.SendAsync(request, Cancelled);
        using var problem = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Cancelled));

        Assert.Equal(status, reply.StatusCode);
        Assert.Equal((int)status, problem.RootElement.GetProperty("status").GetInt32());
    }

    private async Task<JsonDocument> GetAsync(string path)
    {
        using var reply = await machine.Client.GetAsync(path, Cancelled);
        var text = await reply.Content.ReadAsStringAsync(Cancelled);
        Assert.True(reply.StatusCode == HttpStatusCode.OK, text);
        return JsonDocument.Parse(text);
    }
}
