using System.Text.Json;
using DocPipeline.Server.Access.ApiKeys;
using DocPipeline.Server.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace DocPipeline.Server.Mcp;

/// <summary>
/// The Model Context Protocol over streamable HTTP, without sessions: each request is answered by itself, so that any server process may get it. Only tools
/// that read, behind the same key and scope as the API.
/// </summary>
internal static class McpEndpoint
{
    public const string Path = "/mcp";

    private const int LargestRequest = 1_000_000;

    public static void MapMcp(this WebApplication app) =>
        app.MapPost(Path, AnswerAsync).ExcludeFromDescription().RequireAuthorization(ApiScopes.PolicyOf(ApiScopes.Read));

    private static async Task AnswerAsync(HttpContext context, ClaimTools tools, ILoggerFactory loggers)
    {
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = LargestRequest;
        if (await ReadAsync(context) is not { } message)
        {
            await Problems.Of(StatusCodes.Status400BadRequest, "invalid-body", "It takes one JSON-RPC message.").ExecuteAsync(context);
            return;
        }

        var options = new McpServerOptions
        {
            ServerInfo = new() { Name = "DocPipeline", Version = typeof(McpEndpoint).Assembly.GetName().Version!.ToString(3) },
            ServerInstructions = "Claims that were read from documents. Values come with a confidence and the place where they stand: name both when you report a value. In the state needs_review nobody has confirmed them.",
            ToolCollection = [.. tools.All],
        };
        await using var transport = new StreamableHttpServerTransport(loggers) { Stateless = true };
        await using var server = McpServer.Create(transport, options, loggers, context.RequestServices);
        var running = server.RunAsync(context.RequestAborted);
        context.Response.ContentType = "text/event-stream";
        if (!await transport.HandlePostRequestAsync(message, context.Response.Body, context.RequestAborted))
        {
            // A notification: there is nothing to answer.
            context.Response.ContentType = null;
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        }

        await transport.DisposeAsync();
        await running;
    }

    private static async Task<JsonRpcMessage?> ReadAsync(HttpContext context)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<JsonRpcMessage>(context.Request.Body, McpJsonUtilities.DefaultOptions, context.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
