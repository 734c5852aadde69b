using System.Text.Json.Nodes;
using DocPipeline.Server.Api.Rows;
using Microsoft.OpenApi;

namespace DocPipeline.Server.Api.OpenApi;

/// <summary>Shapes of what goes over the wire.</summary>
internal static class Schemas
{
    public const string Problem = "Problem";

    /// <summary>Name of the schema of a page of rows.</summary>
    public static string PageOf(Collection collection) => collection.RowName + "Page";

    /// <summary>Everything that several operations name.</summary>
    public static IEnumerable<(string Name, OpenApiSchema Schema)> Components(OpenApiDocument document)
    {
        yield return (Problem, Object(
            "What went wrong (RFC 9457).",
            ("type", Text("Address of an explanation.")),
            ("title", Text("The status in words.")),
            ("status", new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The HTTP status." }),
            ("detail", Text("What happened, to what, and what to do.")),
            ("mistakes", new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Description = "Each parameter that cannot be used; all of them at once.",
                Items = Closed(Object("A mistake.", ("parameter", Text("Its name.")), ("message", Text("What it takes.")))),
            })));
        foreach (var collection in Collections.All)
        {
            yield return (collection.RowName, RowOf(collection));
            yield return (PageOf(collection), Page(collection, document));
        }
    }

    public static OpenApiSchema Of(Column column)
    {
        var schema = Of(column.Type);
        schema.Type = column.IsNullable ? schema.Type | JsonSchemaType.Null : schema.Type;
        schema.Description = column.Description;
        schema.Enum = OneOf(column.OneOf, column.IsNullable);
        return schema;
    }

    public static OpenApiSchema Of(Filter filter)
    {
        var schema = Of(filter.Type);
        schema.Enum = OneOf(filter.OneOf, isNullable: false);
        return filter.IsList ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = schema } : schema;
    }

    /// <summary>A value of a filter, typed as its schema says.</summary>
    public static JsonNode ExampleOf(Filter filter) => filter.Type switch
    {
        ColumnType.Amount or ColumnType.Fraction or ColumnType.Whole or ColumnType.Boolean => JsonNode.Parse(filter.Example)!,
        _ => JsonValue.Create(filter.Example),
    };

    public static OpenApiSchema Of(ColumnType type) => type switch
    {
        ColumnType.Text => new() { Type = JsonSchemaType.String },
        ColumnType.Uuid => new() { Type = JsonSchemaType.String, Format = "uuid" },
        ColumnType.Date => new() { Type = JsonSchemaType.String, Format = "date" },
        ColumnType.Time => new() { Type = JsonSchemaType.String, Format = "date-time" },
        ColumnType.Amount or ColumnType.Fraction => new() { Type = JsonSchemaType.Number },
        ColumnType.Whole => new() { Type = JsonSchemaType.Integer },
        ColumnType.Boolean => new() { Type = JsonSchemaType.Boolean },
        ColumnType.WholeList => new() { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.Integer } },
        ColumnType.TextList => new() { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
        ColumnType.JsonObject => new() { Type = JsonSchemaType.Object },
        ColumnType.JsonList => new() { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.Object } },
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Nobody has said what shape this has."),
    };

    public static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };

    public static OpenApiSchema Object(string description, params (string Name, IOpenApiSchema Schema)[] properties) => new()
    {
        Type = JsonSchemaType.Object,
        Description = description,
        Properties = properties.ToDictionary(property => property.Name, property => property.Schema),
    };

    /// <summary>With every property and no other.</summary>
    public static OpenApiSchema Closed(OpenApiSchema schema)
    {
        schema.Required = schema.Properties!.Keys.ToHashSet();
        schema.AdditionalPropertiesAllowed = false;
        return schema;
    }

    public static JsonObject ExampleOf(Collection collection) =>
        new(collection.Columns.Select(column => KeyValuePair.Create(column.Name, JsonNode.Parse(column.Example))));

    private static OpenApiSchema RowOf(Collection collection)
    {
        var schema = Object(
            collection.Description + " Every field is there, unless 'fields' names some.", [.. collection.Columns.Select(column => (column.Name, (IOpenApiSchema)Of(column)))]);
        schema.AdditionalPropertiesAllowed = false;
        schema.Examples = [ExampleOf(collection)];
        return schema;
    }

    private static OpenApiSchema Page(Collection collection, OpenApiDocument document) => Closed(Object(
        "A page of a list.",
        ("items", new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchemaReference(collection.RowName, document) }),
        ("next", new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null, Description = "What 'cursor' takes to get the next page; null on the last one." })));

    private static IList<JsonNode>? OneOf(IReadOnlyList<string>? values, bool isNullable) =>
        values is null ? null : [.. values.Select(value => (JsonNode)JsonValue.Create(value)!), .. isNullable ? new JsonNode[] { JsonNullSentinel.JsonNull } : []];
}
