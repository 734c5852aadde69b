using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace DocPipeline.Server.Api.OpenApi;

/// <summary>The OpenAPI document for people: what stands on the page.</summary>
internal static class ApiPage
{
    public const string Path = "/api/v1/docs";

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

    /// <summary>What stands on the page, as HTML; everything in it is encoded.</summary>
    public static string Render(OpenApiDocument document)
    {
        var page = new StringBuilder("<h1>DocPipeline API</h1><p>").Append(Encoded(document.Info.Description)).Append("</p><p>For programs: <a href=\"")
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

        return page.Append("</dl>").ToString();
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
