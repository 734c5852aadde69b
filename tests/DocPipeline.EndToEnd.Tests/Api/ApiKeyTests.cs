using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using DocPipeline.EndToEnd.Tests.Machine;

namespace DocPipeline.EndToEnd.Tests.Api;

/// <summary>What a key opens, and what it does not.</summary>
public sealed class ApiKeyTests(ApiMachine machine) : IClassFixture<ApiMachine>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer dpk_0_0")]
    [InlineData("Bearer dpk_4b39de0d2f4c4f268d3cd3e5ae2b6d5b_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Basic YTpi")]
    public async Task Without_a_key_in_force_everything_is_closed(string? credentials)
    {
        foreach (var path in new[] { "/api/v1/claims", "/api/v1/openapi.json", "/api/v1/docs", "/api/v1/nothing" })
        {
            using var reply = await GetAsync(path, credentials);

            Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
            Assert.Equal("application/problem+json", reply.Content.Headers.ContentType?.MediaType);
            Assert.Equal(credentials is not null, reply.Headers.WwwAuthenticate.Count > 0);
        }
    }

    [Fact]
    public async Task A_key_may_what_its_scopes_say_and_opens_no_page()
    {
        var uploadOnly = "Bearer " + await machine.KeyAsync("upload only", "upload");
        var readOnly = "Bearer " + await machine.KeyAsync("read only", "read");

        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync("/api/v1/claims", uploadOnly)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/api/v1/claims", readOnly)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync("/status", readOnly)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync("/accounts", readOnly)).StatusCode);
    }

    [Fact]
    public async Task A_revoked_and_an_expired_key_are_of_no_use_at_once()
    {
        var key = await machine.KeyAsync("to be revoked", "read");
        var id = Guid.ParseExact(key.Split('_')[1], "N");
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/api/v1/claims", "Bearer " + key)).StatusCode);

        var revoked = await machine.Machine.RunAsync("apikey", "revoke", id.ToString());
        var again = await machine.Machine.RunAsync("apikey", "revoke", id.ToString());

        Assert.Equal((0, 1), (revoked.ExitCode, again.ExitCode));
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync("/api/v1/claims", "Bearer " + key)).StatusCode);
        Assert.Contains($"{id}  to be revoked: read, last used", (await machine.Machine.RunAsync("apikey", "list")).Output, StringComparison.Ordinal);

        var expiring = await machine.KeyAsync("to expire", "read");
        await machine.Machine.ExecuteAsync($"UPDATE docpipeline.api_key SET expires_at = now() WHERE id = '{Guid.ParseExact(expiring.Split('_')[1], "N")}'");
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync("/api/v1/claims", "Bearer " + expiring)).StatusCode);
    }

    [Fact]
    public async Task The_database_has_the_hash_and_not_the_key()
    {
        var key = await machine.KeyAsync("hidden", "read");
        var secret = System.Buffers.Text.Base64Url.DecodeFromChars(key.Split('_', 3)[2]);

        var row = Assert.Single(await machine.Machine.ListAsync("SELECT encode(hash, 'hex'), (SELECT string_agg(k::text, '') FROM docpipeline.api_key k) FROM docpipeline.api_key WHERE name = 'hidden'"));

        Assert.StartsWith(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(secret)), row, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexStringLower(secret), row, StringComparison.Ordinal);
        Assert.DoesNotContain(key.Split('_', 3)[2], row, StringComparison.Ordinal);
        Assert.Contains("api_key_created", await machine.Machine.ListAsync("SELECT kind FROM docpipeline.access_event"));
    }

    [Fact]
    public async Task A_person_who_signed_in_may_ask_too()
    {
        var password = (await machine.Machine.RunAsync("account", "add", "asks", "--role", "reader")).Output.Trim();
        using var visitor = await Visitor.SignedInAsync(machine.Client.BaseAddress!, "asks", password);

        using var page = await visitor.GetAsync("/api/v1/docs");
        using var list = await visitor.GetAsync("/api/v1/claims?limit=1");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (page.StatusCode, list.StatusCode));
        Assert.Single(JsonElement.Parse(await list.Content.ReadAsStringAsync(Cancelled)).GetProperty("items").EnumerateArray());
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? credentials)
    {
        using var stranger = new HttpClient { BaseAddress = machine.Client.BaseAddress };
        stranger.DefaultRequestHeaders.Authorization = credentials is null ? null : AuthenticationHeaderValue.Parse(credentials);
        return await stranger.GetAsync(path, Cancelled);
    }
}
