using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace DocPipeline.Testing.Wire;

/// <summary>
/// A failpoint at every round trip: it stands between one engine and Postgres, knows the protocol, and breaks a connection
/// before a request or after it was done. The engine under test has no hook for this, so a round trip without a failpoint cannot exist.
/// </summary>
public sealed class PostgresProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<ProxiedConnection, Task> _connections = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly DnsEndPoint _server;
    private readonly Task _accepting;
    private volatile bool _isCutOff;

    public PostgresProxy(string connectionString, FaultPlan plan, RoundTripNames names)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        _server = new(settings.Host!, settings.Port);
        Plan = plan;
        Names = names;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public FaultPlan Plan { get; }

    public RoundTripNames Names { get; }

    /// <summary>The end of the test: until then a silent connection stays as it is.</summary>
    internal CancellationToken Stopped => _stop.Token;

    /// <summary>The same database, through here.</summary>
    public string Through(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        Host = "127.0.0.1",
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;

    public bool HasVanished => _isCutOff;

    /// <summary>Breaks every connection now.</summary>
    public void CutAll()
    {
        foreach (var connection in _connections.Keys)
        {
            connection.Dispose();
        }
    }

    /// <summary>Drops the packets of every connection that there is now, and tells nobody. New ones work.</summary>
    public void SilenceAll()
    {
        foreach (var connection in _connections.Keys)
        {
            connection.FallSilent();
        }
    }

    /// <summary>Breaks every connection and lets none come back.</summary>
    public void Vanish()
    {
        _isCutOff = true;
        CutAll();
    }

    public async ValueTask DisposeAsync()
    {
        _isCutOff = true;
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        CutAll();
        await Task.WhenAll(_connections.Values);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                if (_isCutOff)
                {
                    client.Dispose();
                    continue;
                }

                var connection = new ProxiedConnection(client, this);
                _connections[connection] = RunAsync(connection);
                if (_isCutOff)
                {
                    connection.Dispose(); // it came while all others were cut
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // The end of the test.
        }
    }

    private async Task RunAsync(ProxiedConnection connection)
    {
        await Task.Yield();
        await connection.RunAsync(_server);
        _connections.TryRemove(connection, out _);
    }
}
