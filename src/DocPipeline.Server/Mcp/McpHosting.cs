using DocPipeline.Server.Access.ApiKeys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace DocPipeline.Server.Mcp;

/// <summary>
/// The Model Context Protocol over streamable HTTP, without sessions: each request is answered by itself, so that any server process may get it. Only tools
/// that read, behind the same key and scope as the API.
/// </summary>
internal static class McpHosting
{
    public const string Path = "/mcp";

    private const int LargestRequest = 1_000_000;

    public static IServiceCollection AddTools(this IServiceCollection services)
    {
        services.AddSingleton<ClaimTools>().AddMcpServer().WithHttpTransport(transport => transport.Stateless = true);
        services.AddOptions<McpServerOptions>().Configure<ClaimTools>((server, tools) =>
        {
            server.ServerInfo = new() { Name = "DocPipeline", Version = typeof(McpHosting).Assembly.GetName().Version!.ToString(3) };
            server.ServerInstructions = "Claims that were read from documents. Values come with a confidence and the place where they stand: name both when you report a value. In the state needs_review nobody has confirmed them.";
            server.ToolCollection = [.. tools.All];
        });
        return services;
    }

    public static void MapTools(this WebApplication app) =>
        app.MapMcp(Path).WithMetadata(new RequestSizeLimitAttribute(LargestRequest)).ExcludeFromDescription().RequireAuthorization(ApiScopes.PolicyOf(ApiScopes.Read));
}
