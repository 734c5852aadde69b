using System.Text.Json.Nodes;
using DocPipeline.Server.Access.ApiKeys;
using DocPipeline.Server.Api.OpenApi;
using DocPipeline.Server.Api.Rows;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace DocPipeline.Server.Api;

/// <summary>Lists of every collection, and single rows of those that have an id.</summary>
internal static class QueryEndpoints
{
    public static void MapQueries(this IEndpointRouteBuilder api)
    {
        foreach (var collection in Collections.All)
        {
            api.MapGet(collection.Name, (HttpContext context, RowList rows) => ListAsync(context, rows, collection))
                .RequireAuthorization(ApiScopes.PolicyOf(collection.Scope))
                .AddOpenApiOperationTransformer((operation, context, _) => DescribeList(operation, context.Document!, collection));
        }

        foreach (var collection in Collections.All.Where(collection => collection.IdFilter is not null))
        {
            api.MapGet(collection.Name + "/{id:guid}", (Guid id, HttpContext context, RowList rows) => FindAsync(id, context, rows, collection))
                .RequireAuthorization(ApiScopes.PolicyOf(collection.Scope))
                .AddOpenApiOperationTransformer((operation, context, _) => DescribeOne(operation, context.Document!, collection));
        }
    }

    private static async Task<IResult> ListAsync(HttpContext context, RowList rows, Collection collection)
    {
        var mistakes = new List<Mistake>();
        var request = ListRequest.Parse(collection, context.Request.Query, isPaged: true, mistakes);
        return mistakes.Count > 0 ? Problems.InvalidParameters(mistakes) : new ConditionalReply(await rows.ReadPageAsync(request, context.RequestAborted));
    }

    private static async Task<IResult> FindAsync(Guid id, HttpContext context, RowList rows, Collection collection)
    {
        var mistakes = new List<Mistake>();
        var fields = new QueryCollection(context.Request.Query.Where(parameter => parameter.Key == "fields").ToDictionary());
        mistakes.AddRange(context.Request.Query.Keys.Except(fields.Keys).Select(name => new Mistake(name, "There is no such parameter. There are: fields.")));
        var request = ListRequest.Parse(collection, fields, isPaged: true, mistakes);
        if (mistakes.Count > 0)
        {
            return Problems.InvalidParameters(mistakes);
        }

        request = request with { Filters = new Dictionary<string, object> { [collection.IdFilter!] = new[] { id } }, Limit = 1 };
        return await rows.ReadOneAsync(request, context.RequestAborted) is { } row
            ? new ConditionalReply(row)
            : Problems.NotFound($"There is no {collection.RowName.ToLowerInvariant()} with the id {id}.");
    }

    private static Task DescribeList(OpenApiOperation operation, OpenApiDocument document, Collection collection)
    {
        var name = string.Concat(collection.Name.Split('-').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
        operation.Says(document, "list" + name, "Query", $"List {collection.Name.Replace('-', ' ')}", collection.Description);
        foreach (var filter in collection.Filters)
        {
            operation.Takes(filter);
        }

        operation
            .TakesFields(collection)
            .Takes("limit", $"Most rows of a page, 1 to {ListRequest.MostRows}.", new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = ListRequest.MostRows.ToString(), Default = ListRequest.DefaultLimit }, 2)
            .Takes("cursor", "The 'next' of the page before. The other parameters stay the same.", new OpenApiSchema { Type = JsonSchemaType.String })
            .Replies(
                200,
                "A page.",
                new OpenApiSchemaReference(Schemas.PageOf(collection), document),
                new JsonObject { ["items"] = new JsonArray(Schemas.ExampleOf(collection)), ["next"] = null })
            .IsConditional(document)
            .Refuses(document, (400, "A parameter is unknown or cannot be used."));
        return Task.CompletedTask;
    }

    private static Task DescribeOne(OpenApiOperation operation, OpenApiDocument document, Collection collection)
    {
        var name = collection.RowName.ToLowerInvariant();
        operation.Says(document, "get" + collection.RowName, "Query", $"Get a {name}", $"One {name}.")
            .Takes("id", $"Its {collection.IdFilter}.", Schemas.Of(ColumnType.Uuid), place: ParameterLocation.Path)
            .TakesFields(collection)
            .Replies(200, $"The {name}.", new OpenApiSchemaReference(collection.RowName, document), Schemas.ExampleOf(collection))
            .IsConditional(document)
            .Refuses(document, (400, "A parameter is unknown or cannot be used."), (404, $"There is no such {name}."));
        return Task.CompletedTask;
    }

    public static OpenApiOperation TakesFields(this OpenApiOperation operation, Collection collection) => operation.Takes(
        "fields",
        "Show only these.",
        new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Items = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. collection.Columns.Select(column => (JsonNode)JsonValue.Create(column.Name)!)] },
        },
        new JsonArray([.. collection.Columns.Take(3).Select(column => JsonValue.Create(column.Name))]));
}
