using DocPipeline.Server.Access;
using DocPipeline.Server.Api;
using DocPipeline.Server.Events;
using DocPipeline.Server.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace DocPipeline.Server.Hosting;

/// <summary>The process that serves: engine, watched folder, probes and pages, on the loopback only.</summary>
internal sealed class ServerHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ServerHost(WebApplication app)
    {
        _app = app;
    }

    public IServiceProvider Services => _app.Services;

    public ICollection<string> Urls => _app.Urls;

    /// <summary>Every route, for those who check who may use it.</summary>
    public IEnumerable<Endpoint> Endpoints => ((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints);

    /// <param name="replace">For those who stand in for what is on the other side of the wire.</param>
    public static ServerHost Create(ServerSettings settings, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            // The pages are in this assembly, whichever program hosts it.
            ApplicationName = typeof(ServerHost).Assembly.GetName().Name,
        });
        LogAsJson(builder.Logging);
        // The page shows what is in the database: only names of this machine, and the one that people know it by, may ask for it, whatever a name in the DNS points to.
        builder.Configuration["AllowedHosts"] = PublicAddress.AllowedHosts(settings);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(System.Net.IPAddress.Loopback, FreePort.OrAny(settings.Port));
        });
        builder.Services.AddServer(settings).AddAccess(settings.OpenId).AddReviewPages(settings).AddQueryApi();
        replace?.Invoke(builder.Services);
        var app = builder.Build();
        PublicAddress.Use(app, settings);
        app.UseApiFailures();
        app.MapAccess();
        app.MapGet("/healthz", () => Results.Text("alive")).AllowAnonymous();
        app.MapGet("/readyz", AnswerReadyAsync).AllowAnonymous();
        app.MapReviewPages();
        app.MapQueryApi();
        app.MapEvents();
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
        logging.ClearProviders().SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning)
            // It warns at the first start that the keys of cookies are kept as they are: on purpose, see Access/README.md.
            .AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.AddJsonConsole(json =>
        {
            json.UseUtcTimestamp = true;
            json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        });
    }

    private static async Task<IResult> AnswerReadyAsync(Readiness readiness, CancellationToken cancelled)
    {
        var checks = await readiness.CheckAsync(cancelled);
        return Results.Json(
            checks.ToDictionary(check => check.Name, check => check.Problem ?? "ok"),
            statusCode: checks.All(check => check.Problem is null) ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
