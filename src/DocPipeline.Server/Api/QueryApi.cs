using DocPipeline.Server.Api.OpenApi;
using DocPipeline.Server.Api.Rows;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DocPipeline.Server.Api;

/// <summary>Puts the API into the web application.</summary>
internal static class QueryApi
{
    public static IServiceCollection AddQueryApi(this IServiceCollection services) => services
        .AddSingleton<RowList>()
        .AddApiDocument();

    public static void MapQueryApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1");
        api.MapQueries();
        app.MapOpenApi(ApiDocument.Path);
        app.MapApiPage();
    }
}
