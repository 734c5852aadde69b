using DocPipeline.Server.Api;
using DocPipeline.Server.Status;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Npgsql;

namespace DocPipeline.Server.Hosting;

/// <summary>The process that serves: engine, watched folder, probes and the status page, on the loopback only.</summary>
internal sealed class ServerHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ServerHost(WebApplication app)
    {
        _app = app;
    }

    public IServiceProvider Services => _app.Services;

    public ICollection<string> Urls => _app.Urls;

    public static ServerHost Create(ServerSettings settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        LogAsJson(builder.Logging);
        // The page shows what is in the database: only names of this machine may ask for it, whatever a name in the DNS points to.
        builder.Configuration["AllowedHosts"] = "localhost;127.0.0.1";
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(System.Net.IPAddress.Loopback, FreePort.OrAny(settings.Port));
        });
        builder.Services.AddServer(settings).AddQueryApi();
        var app = builder.Build();
        app.Use(SetHeadersAsync);
        app.UseApiFailures();
        app.MapGet("/healthz", () => Results.Text("alive"));
        app.MapGet("/readyz", AnswerReadyAsync);
        app.MapGet("/", async (NpgsqlDataSource database, CancellationToken cancelled) =>
            Results.Text(await StatusPage.RenderAsync(database, settings, cancelled), "text/html; charset=utf-8"));
        app.MapQueryApi();
        return new ServerHost(app);
    }

    /// <summary>Starts everything and returns when the port is open.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => _app.StartAsync(cancellationToken);

    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    public Task StopAsync() => _app.StopAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    // On the error stream: the other one is for people and for programs that asked a question.
    private static void LogAsJson(ILoggingBuilder logging)
    {
        logging.ClearProviders().SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.AddJsonConsole(json =>
        {
            json.UseUtcTimestamp = true;
            json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        });
    }

    private static Task SetHeadersAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = StatusPage.ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        return next(context);
    }

    private static async Task<IResult> AnswerReadyAsync(Readiness readiness, CancellationToken cancelled)
    {
        var checks = await readiness.CheckAsync(cancelled);
        return Results.Json(
            checks.ToDictionary(check => check.Name, check => check.Problem ?? "ok"),
            statusCode: checks.All(check => check.Problem is null) ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
