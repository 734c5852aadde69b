using System.Net;
using System.Text.Json;

namespace DocPipeline.EndToEnd.Tests.Api;

/// <summary>What a program is told that asks for something that is not there, or too often.</summary>
public sealed class RefusalTests(ApiMachine machine) : IClassFixture<ApiMachine>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("DELETE", "/api/v1/claims", 405, "GET")]
    [InlineData("PUT", "/api/v1/submissions", 405, "GET, POST")]
    [InlineData("POST", "/api/v1/webhooks/0f8b6f9e-4f0a-4d6e-8b1c-2f3b5f0c9a11", 405, "DELETE, GET")]
    [InlineData("GET", "/mcp", 405, "POST")]
    [InlineData("GET", "/api/v1/no-such-list", 404, "")]
    public async Task Unknown_methods_and_paths_are_problems_that_say_what_there_is(string method, string path, int status, string allowed)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var reply = await machine.Client.SendAsync(request, Cancelled);
        using var problem = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Cancelled));

        Assert.Equal((status, allowed), ((int)reply.StatusCode, string.Join(", ", reply.Content.Headers.Allow.Order(StringComparer.Ordinal))));
        Assert.Equal("application/problem+json", reply.Content.Headers.ContentType?.MediaType);
        Assert.Equal(status, problem.RootElement.GetProperty("status").GetInt32());
    }

    [Theory]
    [InlineData("/api/v1/claims", 401, "Authorization: Bearer KEY")]
    [InlineData("/api/v1/no-such-list", 404, "/api/v1/docs")]
    [InlineData("/api/v1/submissions", 400, "such as name=claim.pdf")]
    public async Task What_a_program_does_wrong_at_first_is_answered_with_how_it_is_done(string path, int status, string advice)
    {
        using var stranger = new HttpClient { BaseAddress = machine.Client.BaseAddress };
        using var reply = status switch
        {
            401 => await stranger.GetAsync(path, Cancelled),
            404 => await machine.Client.GetAsync(path, Cancelled),
            _ => await machine.Client.PostAsync(path, new StringContent("Claim Number: C-1"), Cancelled),
        };

        Assert.Equal(status, (int)reply.StatusCode);
        Assert.Contains(advice, await reply.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_who_asks_without_end_is_told_when_to_ask_again_and_who_has_a_key_is_served()
    {
        using var stranger = new HttpClient { BaseAddress = machine.Client.BaseAddress };

        using var refused = await AskUntilRefusedAsync(stranger);

        Assert.InRange(refused.Headers.RetryAfter?.Delta ?? TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        using var other = await machine.Client.GetAsync("/api/v1/claims?limit=1", Cancelled);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    // Many at once: a slow machine grants new requests nearly as fast as it answers.
    private static async Task<HttpResponseMessage> AskUntilRefusedAsync(HttpClient client)
    {
        for (var round = 0; round < 200; round++)
        {
            var replies = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => client.GetAsync("/api/v1/claims", Cancelled)));
            if (replies.FirstOrDefault(reply => reply.StatusCode == HttpStatusCode.TooManyRequests) is { } refused)
            {
                return refused;
            }
        }

        throw new TimeoutException("20,000 requests were answered.");
    }
}
