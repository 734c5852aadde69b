using System.Net;
using System.Net.Sockets;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Testing;

namespace DocPipeline.Functions.Host.Tests;

internal static class OfficialHost
{
    /// <summary>The framework's host on a port that is free: left to itself it takes one by chance.</summary>
    public static Task<DurableTaskTestHost> StartAsync(Action<DurableTaskRegistry> registry) =>
        DurableTaskTestHost.StartAsync(registry, new DurableTaskTestHostOptions { Port = FreePort() });

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
