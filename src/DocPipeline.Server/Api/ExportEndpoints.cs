using DocPipeline.Server.Access;
using DocPipeline.Server.Access.ApiKeys;
using DocPipeline.Server.Api.OpenApi;
using DocPipeline.Server.Api.Rows;
using DocPipeline.Server.Export;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace DocPipeline.Server.Api;

/// <summary>Everything that a filter leaves, as one file; who took it is an access event. It is streamed; a workbook lies on the disk first, for it cannot be written piece by piece to a slow reader.</summary>
internal static class ExportEndpoints
{
    private const string Format = "format";

    public static void MapExports(this IEndpointRouteBuilder api)
    {
        foreach (var collection in Collections.Queries)
        {
            api.MapGet(collection.Name + "/export", (HttpContext context, RowExport export, AccessEvents events) => ExportAsync(context, export, events, collection))
                .RequireAuthorization(ApiScopes.PolicyOf(ApiScopes.Export))
                .AddOpenApiOperationTransformer((operation, context, _) => Describe(operation, context.Document!, collection));
        }
    }

    private static async Task<IResult> ExportAsync(HttpContext context, RowExport export, AccessEvents events, Collection collection)
    {
        var mistakes = new List<Mistake>();
        var request = ListRequest.Parse(collection, context.Request.Query, isPaged: false, mistakes, Format);
        var format = context.Request.Query[Format].ToString();
        if (!RowExport.Formats.TryGetValue(format, out var type))
        {
            mistakes.Add(new(Format, $"It takes {string.Join(", ", RowExport.Formats.Keys)}."));
        }

        if (mistakes.Count > 0)
        {
            return Problems.InvalidParameters(mistakes);
        }

        var name = $"{collection.Name}.{format}";
        await events.AddAsync(context.User.Identity!.Name!, context.Connection.RemoteIpAddress?.ToString(), AccessEvents.Exported, detail: name, cancellationToken: context.RequestAborted);
        if (format != RowExport.Xlsx)
        {
            return Results.Stream(output => export.WriteAsync(request, format, output, context.RequestAborted), type, name);
        }

        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), "docpipeline-export-" + Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 128 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        context.Response.RegisterForDispose(file);
        await export.WriteAsync(request, format, file, context.RequestAborted);
        file.Position = 0;
        return Results.Stream(file, type, name);
    }

    private static Task Describe(OpenApiOperation operation, OpenApiDocument document, Collection collection)
    {
        var name = string.Concat(collection.Name.Split('-').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
        operation.Says(
            document,
            "export" + name,
            "Export",
            $"Export {collection.Name.Replace('-', ' ')}",
            $"All rows that the filters leave, as one file. {collection.Description} Text that a spreadsheet would take for a formula is made harmless: in CSV by an apostrophe in front of it.");
        foreach (var filter in collection.Filters)
        {
            operation.Takes(filter);
        }

        operation
            .TakesFields(collection)
            .Takes(
                Format,
                "csv: a line of headings and a line for each row (RFC 4180). jsonl: one object a line. xlsx: a workbook.",
                new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. RowExport.Formats.Keys.Select(format => (System.Text.Json.Nodes.JsonNode)System.Text.Json.Nodes.JsonValue.Create(format)!)] },
                RowExport.Csv,
                isRequired: true)
            .Replies(200, "The file.")
            .Refuses(document, (400, "A parameter is unknown or cannot be used."));
        ((OpenApiResponse)operation.Responses!["200"]).Content = RowExport.Formats.Values.ToDictionary(
            type => type, type => new OpenApiMediaType { Schema = type == RowExport.Formats[RowExport.Xlsx] ? new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } : new OpenApiSchema { Type = JsonSchemaType.String } });
        return Task.CompletedTask;
    }
}
