using DocPipeline.Server.Access.ApiKeys;
using DocPipeline.Server.Api.OpenApi;
using DocPipeline.Server.Api.Rows;
using DocPipeline.Server.Export;
using DocPipeline.Server.Mcp;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DocPipeline.Server.Api;

/// <summary>Puts what programs use into the web application: the API and the tools for language models.</summary>
internal static class QueryApi
{
    public static IServiceCollection AddQueryApi(this IServiceCollection services) => services
        .AddSingleton<RowList>()
        .AddSingleton<RowExport>()
        .AddTools()
        .AddApiDocument();

    public static void MapQueryApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1");
        api.MapQueries();
        api.MapUpload();
        api.MapExports();
        api.MapWebhooks();
        app.MapOpenApi(ApiDocument.Path).RequireAuthorization(ApiScopes.PolicyOf(ApiScopes.Read));
        app.MapTools();
    }
}
