using DocPipeline.Server.Hosting;
using DocPipeline.Testing.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DocPipeline.FaultTests.Machines;

/// <summary>The server's services in this process: everything but its web page, on a way to the database of its own.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly IHost _host;

    private RunningServer(IHost host) => _host = host;

    public static async Task<RunningServer> StartAsync(ServerSettings settings, LogLines log)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.AddProvider(log);
        builder.Services.AddServer(settings);
        var server = new RunningServer(builder.Build());
        await server._host.StartAsync();
        return server;
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
