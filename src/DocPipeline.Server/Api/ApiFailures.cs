using DocPipeline.Server.Events;
using DocPipeline.Server.Mcp;
using DocPipeline.Workflow;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace DocPipeline.Server.Api;

/// <summary>Below <c>/api</c> and <c>/events</c>, and for language models, every error is a problem document: what the framework refuses, what we cannot do now, and what is our fault.</summary>
internal static partial class ApiFailures
{
    private const string RetryAfterSeconds = "5";

    /// <summary>Comes before everything that may refuse a request.</summary>
    public static IApplicationBuilder UseApiFailures(this IApplicationBuilder app) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || context.Request.Path.StartsWithSegments(McpHosting.Path, StringComparison.Ordinal)
            || context.Request.Path.StartsWithSegments(EventRoutes.Root, StringComparison.Ordinal),
        api => api
            .UseStatusCodePages(context => Problems.OfStatus(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext))
            .Use(CatchAsync));

    private static async Task CatchAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException refused) when (!context.Response.HasStarted)
        {
            await Problems.Of(refused.StatusCode, "http", refused.Message).ExecuteAsync(context);
        }
        catch (Exception failure) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            var isTransient = failure is NpgsqlException { IsTransient: true } or TimeoutException or TransientFailure;
            var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ApiFailures));
            LogFailed(logger, context.Request.Method, context.Request.Path, isTransient ? null : failure, failure.Message);
            if (isTransient)
            {
                context.Response.Headers.RetryAfter = RetryAfterSeconds;
            }

            await (isTransient
                ? Problems.Of(StatusCodes.Status503ServiceUnavailable, "unavailable", failure is TransientFailure ? failure.Message : "The database does not answer now. Ask again later.")
                : Problems.Of(StatusCodes.Status500InternalServerError, "our-fault", "This is our fault, not that of the request. The server's log says more.")).ExecuteAsync(context);
        }
    }

    [LoggerMessage(200, LogLevel.Error, "{Method} {Path} failed: {Problem}")]
    private static partial void LogFailed(ILogger logger, string method, string path, Exception? exception, string problem);
}
