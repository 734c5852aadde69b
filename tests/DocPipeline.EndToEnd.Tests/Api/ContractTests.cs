using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.OpenApi;

namespace DocPipeline.EndToEnd.Tests.Api;

/// <summary>What the server answers is what its OpenAPI document says, for every operation and every status that it names.</summary>
public sealed class ContractTests(ApiMachine machine) : IClassFixture<ApiMachine>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_status_of_every_operation_occurs_and_is_as_described()
    {
        var document = await DocumentAsync();
        var check = new SchemaCheck(document);
        var wrong = new List<string>();
        foreach (var operation in Operations(document))
        {
            var seen = new HashSet<string>();
            foreach (var request in await new ContractRequests(machine).OfAsync(operation))
            {
                using var reply = await machine.Client.SendAsync(request, Cancelled);
                var status = ((int)reply.StatusCode).ToString();
                seen.Add(status);
                var name = $"{operation.Id}: {request.Method} {request.RequestUri} answers {status}";
                if (!operation.Json.GetProperty("responses").TryGetProperty(status, out var described))
                {
                    wrong.Add($"{name}, which is not described: {await reply.Content.ReadAsStringAsync(Cancelled)}");
                    continue;
                }

                wrong.AddRange((await ViolationsAsync(check, reply, described)).Select(violation => $"{name}: {violation}"));
            }

            wrong.AddRange(operation.Json.GetProperty("responses").EnumerateObject().Select(reply => reply.Name).Except(seen).Select(status => $"{operation.Id}: {status} is described and never occurred"));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Without_a_choice_of_fields_every_described_field_is_there()
    {
        var document = await DocumentAsync();
        foreach (var operation in Operations(document).Where(operation => operation.Json.GetProperty("responses").TryGetProperty("200", out var ok) && Schema(ok) is { } schema && schema.TryGetProperty("$ref", out _) && operation.Id.StartsWith("list", StringComparison.Ordinal)))
        {
            var row = operation.Json.GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("example").GetProperty("items")[0];
            using var page = JsonDocument.Parse(await machine.Client.GetStringAsync(operation.Path, Cancelled));
            var items = page.RootElement.GetProperty("items");
            Assert.True(items.GetArrayLength() > 0 || operation.Path.Contains("webhook", StringComparison.Ordinal), $"{operation.Path} is empty, so nothing is checked.");
            Assert.All(items.EnumerateArray(), item => Assert.Equal(row.EnumerateObject().Select(field => field.Name), item.EnumerateObject().Select(field => field.Name)));
        }
    }

    [Fact]
    public async Task The_document_is_valid_and_its_examples_are_what_they_exemplify()
    {
        await using var stream = await machine.Client.GetStreamAsync("/api/v1/openapi.json", Cancelled);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Cancelled);
        copy.Position = 0;
        var read = OpenApiDocument.Load(copy, "json");
        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);

        var document = await DocumentAsync();
        var check = new SchemaCheck(document);
        var wrong = new List<string>();
        foreach (var operation in Operations(document))
        {
            if (operation.Json.TryGetProperty("parameters", out var parameters))
            {
                wrong.AddRange(parameters.EnumerateArray().Where(parameter => parameter.TryGetProperty("example", out _))
                    .SelectMany(parameter => check.Violations(parameter.GetProperty("example"), parameter.GetProperty("schema")).Select(violation => $"{operation.Id} {parameter.GetProperty("name")}: {violation}")));
            }

            wrong.AddRange(operation.Json.GetProperty("responses").EnumerateObject()
                .Where(reply => reply.Value.TryGetProperty("content", out _))
                .SelectMany(reply => reply.Value.GetProperty("content").EnumerateObject())
                .Where(media => media.Value.TryGetProperty("example", out _))
                .SelectMany(media => check.Violations(media.Value.GetProperty("example"), media.Value.GetProperty("schema")).Select(violation => $"{operation.Id}: {violation}")));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("""{"items": [], "next": null}""", 0)]
    [InlineData("""{"items": []}""", 1)]
    [InlineData("""{"items": [], "next": 1}""", 1)]
    [InlineData("""{"items": [], "next": null, "more": 1}""", 1)]
    [InlineData("""{"items": [{"state": "lost"}], "next": null}""", 1)]
    [InlineData("""{"items": [{"total_amount": "1.00"}], "next": null}""", 1)]
    [InlineData("""{"items": [{"date_of_loss": "5.1.2026"}], "next": null}""", 1)]
    [InlineData("""{"items": [{"submission_id": "1"}, {"colour": "red"}], "next": null}""", 2)]
    public async Task Control_the_check_finds_what_is_wrong(string reply, int violations)
    {
        var document = await DocumentAsync();
        var schema = document.GetProperty("components").GetProperty("schemas").GetProperty("ClaimPage");

        Assert.Equal(violations, new SchemaCheck(document).Violations(JsonElement.Parse(reply), schema).Count);
    }

    [Fact]
    public async Task The_page_for_people_names_every_operation_and_runs_nothing()
    {
        using var reply = await machine.Client.GetAsync("/api/v1/docs", Cancelled);
        var html = await reply.Content.ReadAsStringAsync(Cancelled);

        Assert.Equal(MediaTypeHeaderValue.Parse("text/html; charset=utf-8"), reply.Content.Headers.ContentType);
        Assert.StartsWith("default-src 'none'", reply.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.All(Operations(await DocumentAsync()), operation => Assert.Contains($"id=\"{operation.Id}\"", html, StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<string>> ViolationsAsync(SchemaCheck check, HttpResponseMessage reply, JsonElement described)
    {
        var body = await reply.Content.ReadAsByteArrayAsync(Cancelled);
        if (!described.TryGetProperty("content", out var content))
        {
            return body.Length == 0 ? [] : ["it has a body, and none is described"];
        }

        var type = reply.Content.Headers.ContentType?.MediaType ?? "";
        return !content.TryGetProperty(type, out var media) ? [$"its type '{type}' is not described"]
            : type.EndsWith("json", StringComparison.Ordinal) ? check.Violations(JsonElement.Parse(body), media.GetProperty("schema"))
            : [];
    }

    private static JsonElement? Schema(JsonElement reply) =>
        reply.TryGetProperty("content", out var content) && content.TryGetProperty("application/json", out var media) ? media.GetProperty("schema") : null;

    private static IEnumerable<ContractOperation> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select new ContractOperation(operation.Value.GetProperty("operationId").GetString()!, operation.Name, path.Name, operation.Value);

    private async Task<JsonElement> DocumentAsync() => JsonElement.Parse(await machine.Client.GetStringAsync("/api/v1/openapi.json", Cancelled));
}

/// <param name="Method">In lower case.</param>
internal sealed record ContractOperation(string Id, string Method, string Path, JsonElement Json);
