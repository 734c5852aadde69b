using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DocPipeline.Server.Access.ApiKeys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace DocPipeline.Server.Api.OpenApi;

/// <summary>The OpenAPI document as a page for people, without scripts.</summary>
internal static class ApiPage
{
    public const string Path = "/api/v1/docs";

    private const string Style =
        """
        :root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;padding:1rem 1.5rem;max-width:75rem}
        code,pre{font:14px/1.45 ui-monospace,monospace}pre{overflow-x:auto;padding:.75rem;border:1px solid #8888;border-radius:.25rem}
        table{border-collapse:collapse;width:100%;margin:.5rem 0}th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid #8886}
        h2{margin-top:2.5rem}h3{margin-top:2rem}nav ul{columns:18rem;padding-left:1.2rem}
        """;

    private static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What each type of problem means and what to do; the anchor is the end of its type.</summary>
    private static readonly (string Name, string Meaning)[] ProblemTypes =
    [
        ("invalid-parameters", "A parameter is unknown, given twice or not of its shape. 'mistakes' names every one of them: mend them all and ask again."),
        ("invalid-body", "The body is not what the operation takes. The detail says where."),
        ("idempotency-key-reused", "The same Idempotency-Key came with another file before. Nothing was stored: send this file with a key of its own."),
        ("not-found", "There is nothing with this id. Ids are in the lists."),
        ("http", "The request does not fit: an unknown path, a wrong method, a body that is too large. The status says which."),
        ("invalid-event", "Part of a message about new objects makes no sense here: 'problems' says which. The rest of it is taken in."),
        ("sender-not-believed", "A message is not signed by a topic that this server listens to. The detail says what is wrong."),
        ("bucket-refuses", "The bucket refuses us, so settings or permissions of this server have to be mended. Then send the message again."),
        ("unavailable", "The database, or another service that is needed, does not answer now. Ask again after the seconds in Retry-After."),
        ("our-fault", "A bug. Asking again may fail the same way; the server's log has the error."),
    ];

    public static void MapApiPage(this WebApplication app) => app.MapGet(
        Path,
        async ([FromKeyedServices("v1")] IOpenApiDocumentProvider documents, HttpContext context) =>
        {
            context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
            return Results.Text(Render(await documents.GetOpenApiDocumentAsync(context.RequestAborted)), "text/html; charset=utf-8");
        }).ExcludeFromDescription().RequireAuthorization(ApiScopes.PolicyOf(ApiScopes.Read));

    private static string Render(OpenApiDocument document)
    {
        var page = new StringBuilder("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>DocPipeline API</title><style>")
            .Append(Style).Append("</style></head><body><main><h1>DocPipeline API</h1><p>").Append(Encoded(document.Info.Description)).Append("</p><p>For programs: <a href=\"")
            .Append(ApiDocument.Path).Append("\">OpenAPI 3.1</a>.</p><nav aria-label=\"Operations\"><ul>");
        var operations = document.Paths
            .SelectMany(path => path.Value.Operations ?? [], (path, operation) => (Method: operation.Key.Method.ToUpperInvariant(), Path: path.Key, Operation: operation.Value))
            .ToList();
        foreach (var (_, _, operation) in operations)
        {
            page.Append("<li><a href=\"#").Append(Encoded(operation.OperationId)).Append("\">").Append(Encoded(operation.Summary)).Append("</a></li>");
        }

        page.Append("</ul></nav>");
        foreach (var tag in operations.GroupBy(operation => operation.Operation.Tags?.FirstOrDefault()?.Name ?? "Others"))
        {
            page.Append("<h2>").Append(Encoded(tag.Key)).Append("</h2>");
            foreach (var (method, path, operation) in tag)
            {
                Append(page, method, path, operation);
            }
        }

        page.Append("<h2>Problems</h2><p>Every error is <code>application/problem+json</code>.</p><dl>");
        foreach (var (name, meaning) in ProblemTypes)
        {
            page.Append("<dt id=\"").Append(name).Append("\"><code>").Append(name).Append("</code></dt><dd>").Append(Encoded(meaning)).Append("</dd>");
        }

        return page.Append("</dl></main></body></html>").ToString();
    }

    private static void Append(StringBuilder page, string method, string path, OpenApiOperation operation)
    {
        page.Append("<section aria-labelledby=\"").Append(Encoded(operation.OperationId)).Append("\"><h3 id=\"").Append(Encoded(operation.OperationId)).Append("\">").Append(Encoded(operation.Summary))
            .Append("</h3><p><code>").Append(method).Append(' ').Append(Encoded(path)).Append("</code></p><p>").Append(Encoded(operation.Description)).Append("</p>");
        if (operation.Parameters is { Count: > 0 } parameters)
        {
            page.Append("<table><thead><tr><th scope=\"col\">Parameter</th><th scope=\"col\">Where</th><th scope=\"col\">Meaning</th><th scope=\"col\">Example</th></tr></thead><tbody>");
            foreach (var parameter in parameters)
            {
                page.Append("<tr><th scope=\"row\"><code>").Append(Encoded(parameter.Name)).Append("</code></th><td>").Append(parameter.In.ToString()!.ToLowerInvariant()).Append(parameter.Required ? ", required" : "")
                    .Append("</td><td>").Append(Encoded(parameter.Description)).Append(Choices(parameter.Schema)).Append("</td><td><code>").Append(Encoded(Example(parameter.Example))).Append("</code></td></tr>");
            }

            page.Append("</tbody></table>");
        }

        foreach (var (type, media) in operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
        {
            page.Append("<p>Body: <code>").Append(Encoded(type)).Append("</code>. ").Append(Encoded(operation.RequestBody!.Description)).Append("</p>");
            AppendExample(page, media.Example);
        }

        page.Append("<table><thead><tr><th scope=\"col\">Status</th><th scope=\"col\">Reply</th></tr></thead><tbody>");
        foreach (var (status, reply) in operation.Responses ?? [])
        {
            page.Append("<tr><th scope=\"row\">").Append(Encoded(status)).Append("</th><td>").Append(Encoded(reply.Description)).Append("</td></tr>");
        }

        page.Append("</tbody></table>");
        AppendExample(page, operation.Responses?.Values.SelectMany(reply => reply.Content?.Values ?? []).Select(media => media.Example).FirstOrDefault(example => example is not null));
        page.Append("</section>");
    }

    private static void AppendExample(StringBuilder page, JsonNode? example)
    {
        if (example is not null)
        {
            page.Append("<pre tabindex=\"0\">").Append(Encoded(example.ToJsonString(Indented))).Append("</pre>");
        }
    }

    private static string Choices(IOpenApiSchema? schema) =>
        (schema?.Enum ?? schema?.Items?.Enum) is { Count: > 0 and <= 10 } choices ? " " + Encoded($"One of: {string.Join(", ", choices.Select(Example))}.") : "";

    private static string Example(JsonNode? example) => example switch
    {
        null => "",
        JsonArray several => string.Join(',', several.Select(Example)),
        _ => example.ToString(),
    };

    private static string Encoded(string? text) => HtmlEncoder.Default.Encode(text ?? "");
}
