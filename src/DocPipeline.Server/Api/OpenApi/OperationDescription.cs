using System.Text.Json.Nodes;
using DocPipeline.Server.Api.Rows;
using Microsoft.OpenApi;

namespace DocPipeline.Server.Api.OpenApi;

/// <summary>The words in which endpoints describe themselves in the OpenAPI document.</summary>
internal static class OperationDescription
{
    public const string Json = "application/json";

    /// <param name="id">Name of the operation for generators of clients.</param>
    /// <param name="tag">Group on the page for people.</param>
    public static OpenApiOperation Says(this OpenApiOperation operation, OpenApiDocument document, string id, string tag, string summary, string description)
    {
        operation.OperationId = id;
        operation.Summary = summary;
        operation.Description = description;
        operation.Tags = new HashSet<OpenApiTagReference> { new(tag, document) };
        operation.Parameters = [];
        operation.Responses = [];
        operation.RequestBody = null;
        return operation;
    }

    public static OpenApiOperation Takes(
        this OpenApiOperation operation, string name, string description, IOpenApiSchema schema, JsonNode? example = null, ParameterLocation place = ParameterLocation.Query, bool isRequired = false)
    {
        operation.Parameters!.Add(new OpenApiParameter
        {
            Name = name,
            In = place,
            Description = description,
            Required = isRequired || place == ParameterLocation.Path,
            Schema = schema,
            Example = example,
            // Lists stand with commas between: ?state=accepted,reviewed
            Explode = false,
        });
        return operation;
    }

    public static OpenApiOperation Takes(this OpenApiOperation operation, Filter filter) =>
        operation.Takes(filter.Name, filter.Description, Schemas.Of(filter), filter.IsList ? new JsonArray([.. filter.Example.Split(',').Select(one => JsonValue.Create(one))]) : Schemas.ExampleOf(filter));

    /// <param name="example">The whole reply.</param>
    public static OpenApiOperation Replies(this OpenApiOperation operation, int status, string description, IOpenApiSchema? schema = null, JsonNode? example = null, string type = Json)
    {
        operation.Responses![status.ToString()] = new OpenApiResponse
        {
            Description = description,
            Content = schema is null ? null : new Dictionary<string, OpenApiMediaType> { [type] = new() { Schema = schema, Example = example } },
        };
        return operation;
    }

    /// <summary>The reply carries an ETag, and 304 if the caller has it already.</summary>
    public static OpenApiOperation IsConditional(this OpenApiOperation operation, OpenApiDocument document)
    {
        operation.Takes("If-None-Match", "ETag of a reply that the caller still has.", new OpenApiSchema { Type = JsonSchemaType.String }, "\"5f2b\"", ParameterLocation.Header);
        ((OpenApiResponse)operation.Responses!["200"]).Headers = new Dictionary<string, IOpenApiHeader>
        {
            ["ETag"] = new OpenApiHeader { Description = "Hash of the reply.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
        };
        return operation.Replies(304, "The caller has this reply already.");
    }

    /// <summary>Errors that this operation may answer with, beside those that every one may (401, 403, 429, 500, 503).</summary>
    public static OpenApiOperation Refuses(this OpenApiOperation operation, OpenApiDocument document, params IEnumerable<(int Status, string When)> reasons)
    {
        foreach (var (status, when) in reasons)
        {
            operation.Replies(status, when, new OpenApiSchemaReference(Schemas.Problem, document), type: Problems.ContentType);
        }

        return operation;
    }
}
