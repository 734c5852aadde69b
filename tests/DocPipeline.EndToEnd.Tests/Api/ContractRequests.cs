using System.Globalization;
using System.Text.Json;

namespace DocPipeline.EndToEnd.Tests.Api;

/// <summary>Requests that bring about every status that an operation describes: lists and single rows by their description, everything else by its name.</summary>
internal sealed class ContractRequests(ApiMachine machine)
{
    public async Task<IReadOnlyList<HttpRequestMessage>> OfAsync(ContractOperation operation, JsonElement document) =>
        operation.Method == "get" && operation.Path.Contains("{id}", StringComparison.Ordinal) ? await OneAsync(operation)
        : operation.Method == "get" && operation.Json.GetProperty("responses").TryGetProperty("304", out _) ? await ListAsync(operation)
        : throw new NotSupportedException($"Nobody has said how to call {operation.Id}.");

    private async Task<IReadOnlyList<HttpRequestMessage>> ListAsync(ContractOperation operation) =>
    [
        Get(operation.Path),
        Get(operation.Path + "?limit=1000"),
        .. operation.Json.GetProperty("parameters").EnumerateArray()
            .Where(parameter => parameter.GetProperty("in").GetString() == "query" && parameter.TryGetProperty("example", out _))
            .Select(parameter => Get($"{operation.Path}?{parameter.GetProperty("name")}={Uri.EscapeDataString(Text(parameter.GetProperty("example")))}")),
        Get(operation.Path + "?colour=red"),
        await KnownAsync(operation.Path),
    ];

    private async Task<IReadOnlyList<HttpRequestMessage>> OneAsync(ContractOperation operation)
    {
        var path = operation.Path.Replace("{id}", await machine.Machine.QueryAsync<string>("SELECT submission_id::text FROM docpipeline.claims_v1 LIMIT 1"), StringComparison.Ordinal);
        return
        [
            Get(path),
            Get(path + "?fields=state"),
            Get(path + "?fields=colour"),
            Get(operation.Path.Replace("{id}", Guid.Empty.ToString(), StringComparison.Ordinal)),
            await KnownAsync(path),
        ];
    }

    private async Task<HttpRequestMessage> KnownAsync(string path)
    {
        using var reply = await machine.Client.GetAsync(path, TestContext.Current.CancellationToken);
        var request = Get(path);
        request.Headers.IfNoneMatch.Add(reply.Headers.ETag!);
        return request;
    }

    private static HttpRequestMessage Get(string path) => new(HttpMethod.Get, path);

    private static string Text(JsonElement example) =>
        example.ValueKind == JsonValueKind.Array ? string.Join(',', example.EnumerateArray().Select(one => one.ToString())) : Convert.ToString(example, CultureInfo.InvariantCulture)!;
}
