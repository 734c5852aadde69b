using System.Globalization;
using System.Text;
using System.Text.Json;
using DocPipeline.Testing;

namespace DocPipeline.EndToEnd.Tests.Api;

/// <summary>Requests that bring about every status that an operation describes: lists, exports and single rows by their description, everything else by its name.</summary>
internal sealed class ContractRequests(ApiMachine machine)
{
    public async Task<IReadOnlyList<HttpRequestMessage>> OfAsync(ContractOperation operation) => operation.Id switch
    {
        "uploadSubmission" => Uploads(operation.Path),
        "addWebhook" => [Post(operation.Path, """{"url": "https://192.0.2.1/"}"""), Post(operation.Path, """{"url": "https://192.0.2.1/", "types": ["submission.accepted"]}"""), Post(operation.Path, """{"url": "ftp://claims.example.org/"}"""), Post(operation.Path, """{"uri": 1}""")],
        "removeWebhook" => [new(HttpMethod.Delete, At(operation, await WebhookAsync())), new(HttpMethod.Delete, At(operation, Guid.Empty.ToString()))],
        "enableWebhook" or "disableWebhook" => [Post(At(operation, await WebhookAsync()), ""), Post(At(operation, Guid.Empty.ToString()), "")],
        "replayWebhook" => await ReplaysAsync(operation),
        "getWebhook" => await OneAsync(operation, await WebhookAsync()),
        _ when operation.Id.StartsWith("export", StringComparison.Ordinal) => Exports(operation),
        _ when operation.Id.StartsWith("get", StringComparison.Ordinal) => await OneAsync(operation, await machine.Machine.QueryAsync<string>("SELECT submission_id::text FROM docpipeline.claims_v1 LIMIT 1")),
        _ when operation.Id.StartsWith("list", StringComparison.Ordinal) => await ListAsync(operation),
        _ => throw new NotSupportedException($"Nobody has said how to call {operation.Id}."),
    };

    private static IReadOnlyList<HttpRequestMessage> Uploads(string path)
    {
        var (key, text) = (Guid.NewGuid().ToString(), $"Claim Number: {Guid.NewGuid():N}");
        return [Upload("?name=contract.txt", text), Upload("?name=contract.txt", text), Upload("?name=contract.txt", "other"), Upload("", text), Upload("?name=large.txt", new string('x', 1_000_001))];

        HttpRequestMessage Upload(string query, string body) => new(HttpMethod.Post, path + query)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
            Headers = { { "Idempotency-Key", key } },
        };
    }

    private async Task<IReadOnlyList<HttpRequestMessage>> ReplaysAsync(ContractOperation operation)
    {
        var path = At(operation, await WebhookAsync());
        return [Post(path, """{"from": "2026-01-05T00:00:00Z"}"""), Post(path, """{"from": "yesterday"}"""), Post(path, "[]"), Post(At(operation, Guid.Empty.ToString()), """{"from": "2026-01-05T00:00:00Z"}""")];
    }

    private static IReadOnlyList<HttpRequestMessage> Exports(ContractOperation operation) =>
    [
        .. new[] { "csv", "jsonl", "xlsx" }.Select(format => Get($"{operation.Path}?format={format}")),
        .. Examples(operation).Where(example => !example.StartsWith("format=", StringComparison.Ordinal)).Select(example => Get($"{operation.Path}?format=jsonl&{example}")),
        Get(operation.Path),
        Get(operation.Path + "?format=csv&limit=1"),
    ];

    private async Task<IReadOnlyList<HttpRequestMessage>> ListAsync(ContractOperation operation) =>
    [
        Get(operation.Path),
        Get(operation.Path + "?limit=1000"),
        .. Examples(operation).Select(example => Get($"{operation.Path}?{example}")),
        Get(operation.Path + "?colour=red"),
        await KnownAsync(operation.Path),
    ];

    private async Task<IReadOnlyList<HttpRequestMessage>> OneAsync(ContractOperation operation, string id) =>
    [
        Get(At(operation, id)),
        .. Examples(operation).Select(example => Get($"{At(operation, id)}?{example}")),
        Get(At(operation, id) + "?fields=colour"),
        Get(At(operation, Guid.Empty.ToString())),
        await KnownAsync(At(operation, id)),
    ];

    private async Task<string> WebhookAsync()
    {
        var added = await machine.Machine.RunAsync("webhook", "add", "https://192.0.2.1/hooks");
        Assert.True(added.ExitCode == 0, added.Errors);
        // An address for documentation: the server refuses to connect to it, and nobody has to be asked where it is.
        return added.Output.Split(' ')[0];
    }

    private async Task<HttpRequestMessage> KnownAsync(string path)
    {
        // What was handed in by other requests is still changing the lists otherwise.
        await Eventually.IsTrueAsync(() => machine.Machine.QueryAsync<bool>("SELECT NOT EXISTS (SELECT FROM docpipeline.submission WHERE state = 'processing')"), "nothing is being read", TimeSpan.FromSeconds(60));
        using var reply = await machine.Client.GetAsync(path, TestContext.Current.CancellationToken);
        var request = Get(path);
        request.Headers.IfNoneMatch.Add(reply.Headers.ETag!);
        return request;
    }

    private static IEnumerable<string> Examples(ContractOperation operation) => operation.Json.GetProperty("parameters").EnumerateArray()
        .Where(parameter => parameter.GetProperty("in").GetString() == "query" && parameter.TryGetProperty("example", out _))
        .Select(parameter => $"{parameter.GetProperty("name")}={Uri.EscapeDataString(Text(parameter.GetProperty("example")))}");

    private static string At(ContractOperation operation, string id) => operation.Path.Replace("{id}", id, StringComparison.Ordinal);

    private static HttpRequestMessage Get(string path) => new(HttpMethod.Get, path);

    private static HttpRequestMessage Post(string path, string json) => new(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    private static string Text(JsonElement example) =>
        example.ValueKind == JsonValueKind.Array ? string.Join(',', example.EnumerateArray().Select(one => one.ToString())) : Convert.ToString(example, CultureInfo.InvariantCulture)!;
}
