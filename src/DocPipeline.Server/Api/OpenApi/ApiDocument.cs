using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace DocPipeline.Server.Api.OpenApi;

/// <summary>The OpenAPI 3.1 document: made by the framework of the routes that exist, in the words that each endpoint says about itself.</summary>
internal static class ApiDocument
{
    public const string Path = "/api/v1/openapi.json";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "DocPipeline",
                Version = "v1",
                Description = "Claims that were read from documents, with the place where each value stands. Fields and parameters may be added; none goes and none changes its meaning within v1. Beside the statuses named at each operation every one may answer 401 (no key, or none that is in force), 403 (the key lacks the scope), 413 (the body is too large), 429 (too many requests), 500 and 503.",
            };
            // Where it is asked for is where it is: a document must not name the machine that printed it.
            document.Servers = [new() { Url = "/" }];
            foreach (var (name, schema) in Schemas.Components(document))
            {
                document.AddComponent(name, schema);
            }

            document.AddComponent("key", new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key, made by: ./run apikey create NAME" });
            document.Security = [new() { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
            return Task.CompletedTask;
        });
    });
}
