using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DocPipeline.Testing;

namespace DocPipeline.Durable.FaultTests.Outages;

/// <summary>A server of the test's own, to be stopped, crashed and filled up. Never the one of the test run.</summary>
public sealed class PrivatePostgres : IAsyncLifetime
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("docpipeline-postgres-");
    private readonly string _programs = Directory.EnumerateDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Last() + "/bin";
    private readonly int _port = FreePort();

    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=postgres";

    public string Home => _home.FullName;

    private string Data => Path.Combine(Home, "data");

    public async ValueTask InitializeAsync()
    {
        await OwnAsync(Home);
        await AsPostgresAsync("initdb", "--pgdata", Data, "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync");
        await StartAsync();
    }

    /// <summary>Starts it.</summary>
    /// <param name="isAwaited">False: returns while it still recovers.</param>
    public Task StartAsync(bool isAwaited = true) => AsPostgresAsync(
        "pg_ctl", "--pgdata", Data, "--log", Path.Combine(Home, "log"), isAwaited ? "--wait" : "--no-wait",
        "-o", $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=40 -c shared_buffers=32MB", "start");

    /// <summary>Stops it: <c>fast</c> tells its clients, <c>immediate</c> is a crash and leaves recovery to the next start.</summary>
    public async Task StopAsync(string mode)
    {
        // One that has just been started may not have said yet where it is.
        await Eventually.IsTrueAsync(() => Task.FromResult(File.Exists(Path.Combine(Data, "postmaster.pid"))), "the server has a process");
        await AsPostgresAsync("pg_ctl", "--pgdata", Data, "--mode", mode, "stop");
    }

    /// <summary>Lets the server use a folder.</summary>
    public static Task OwnAsync(string folder) => Environment.IsPrivilegedProcess ? RunAsync("chown", "postgres", folder) : Task.CompletedTask;

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task RunAsync(string program, params string[] arguments)
    {
        // Output goes nowhere: a server that inherits a pipe would keep it open.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments]) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with code {process.ExitCode}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync("immediate");
        _home.Delete(recursive: true);
    }

    private Task AsPostgresAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(_programs, program);
        return Environment.IsPrivilegedProcess ? RunAsync("runuser", ["-u", "postgres", "--", path, .. arguments]) : RunAsync(path, arguments);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
