using System.Net;
using System.Text;
using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace DocPipeline.EndToEnd.Tests.Api;

/// <summary>The tools as a language model's client uses them.</summary>
public sealed class McpTests(ApiMachine machine) : IClassFixture<ApiMachine>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_finds_a_claim_and_sees_where_its_values_stand()
    {
        await using var client = await ConnectAsync(await machine.KeyAsync("model", "read"));

        var tools = await client.ListToolsAsync(cancellationToken: Cancelled);
        Assert.Equal(["search_claims", "show_actions", "show_claim", "show_evidence", "show_findings", "show_history"], tools.Select(tool => tool.Name).Order(StringComparer.Ordinal));
        Assert.All(tools, tool => Assert.True(tool.ProtocolTool.Annotations!.ReadOnlyHint));

        var found = await CallAsync(client, "search_claims", ("claim_number", "cl-42"), ("limit", 1));
        var claim = Assert.Single(found.GetProperty("items").EnumerateArray());
        var evidence = await CallAsync(client, "show_evidence", ("submission_id", claim.GetProperty("submission_id").GetString()!), ("field", "total_amount"));
        var value = Assert.Single(evidence.GetProperty("items").EnumerateArray());

        Assert.Equal("CL-42", claim.GetProperty("claim_number").GetString());
        Assert.Equal(("152.00", 1, 0.1, "text-layer"), (value.GetProperty("value").GetString(), value.GetProperty("page").GetInt32(), value.GetProperty("x0").GetDouble(), value.GetProperty("source").GetString()));
    }

    [Fact]
    public async Task Every_tool_answers_and_a_mistake_is_explained()
    {
        await using var client = await ConnectAsync(await machine.KeyAsync("model", "read"));
        var id = await machine.Machine.QueryAsync<string>("SELECT submission_id::text FROM docpipeline.claims_v1 WHERE claim_number = 'CL-7'");

        foreach (var tool in new[] { "show_claim", "show_evidence", "show_findings", "show_history", "show_actions" })
        {
            Assert.True((await CallAsync(client, tool, ("submission_id", id))).GetProperty("items").GetArrayLength() > 0, tool);
        }

        var wrong = await client.CallToolAsync("search_claims", new Dictionary<string, object?> { ["state"] = "lost" }, cancellationToken: Cancelled);
        Assert.True(wrong.IsError);
        Assert.Contains("state: It takes processing, accepted", ((TextContentBlock)wrong.Content[0]).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_scope_it_is_closed()
    {
        using var uploadOnly = new HttpClient { BaseAddress = machine.Client.BaseAddress };
        uploadOnly.DefaultRequestHeaders.Authorization = new("Bearer", await machine.KeyAsync("no reader", "upload"));
        using var stranger = new HttpClient { BaseAddress = machine.Client.BaseAddress };
        const string List = """{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}""";

        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(uploadOnly, List)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(stranger, List)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(machine.Client, "no json")).StatusCode);
    }

    [Fact]
    public async Task What_is_no_request_of_the_protocol_is_refused_with_a_reason()
    {
        var filled = $$"""{"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {"cursor": "{{new string('x', 1_000_000)}}"} }""";
        using var answerToNobody = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent("""{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}""", Encoding.UTF8, "application/json") };

        using var tooLong = await PostAsync(machine.Client, filled);
        using var unacceptable = await machine.Client.SendAsync(answerToNobody, Cancelled);
        using var unknown = await PostAsync(machine.Client, """{"jsonrpc": "2.0", "id": 1, "method": "tools/destroy"}""");
        using var array = await PostAsync(machine.Client, "[[[[[[");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLong.StatusCode);
        Assert.Equal(HttpStatusCode.NotAcceptable, unacceptable.StatusCode);
        Assert.Contains("tools/destroy", await unknown.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, array.StatusCode);
        Assert.DoesNotContain("   at ", await array.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        return await client.SendAsync(request, Cancelled);
    }

    private static async Task<JsonElement> CallAsync(McpClient client, string tool, params (string Name, object Value)[] arguments)
    {
        var result = await client.CallToolAsync(tool, arguments.ToDictionary(argument => argument.Name, argument => (object?)argument.Value), cancellationToken: Cancelled);
        var text = ((TextContentBlock)result.Content[0]).Text;
        Assert.True(result.IsError is null or false, text);
        return JsonElement.Parse(text);
    }

    private Task<McpClient> ConnectAsync(string key) => McpClient.CreateAsync(
        new HttpClientTransport(new()
        {
            Endpoint = new Uri(machine.Client.BaseAddress!, "/mcp"),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + key },
        }),
        cancellationToken: Cancelled);
}
