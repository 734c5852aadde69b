using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DocPipeline.Testing.Stores;

/// <summary>A way to a store on which things go wrong when a test wants it. What it does not spoil passes byte by byte, signatures included.</summary>
public sealed class FaultyWay : IAsyncDisposable
{
    private readonly Uri _store;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _answers = new();
    private readonly Task _accepting;
    private long _cutAfter = -1;
    private int _requests;

    public FaultyWay(Uri store)
    {
        _store = store;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Requests that came by this way, answered by whomever.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>The next requests are answered so, and not by the store.</summary>
    public void Answer(int status, string headers = "", string body = "", int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            _answers.Enqueue($"HTTP/1.1 {status} As wanted\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");
        }
    }

    /// <summary>The next answer of the store breaks off after so many bytes, head included.</summary>
    public void CutAfter(long bytes) => Interlocked.Exchange(ref _cutAfter, bytes);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = ServeAsync(client);
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // The test is over, and the listener may have been stopped at any point of the loop.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var store = new TcpClient();
        try
        {
            await store.ConnectAsync(_store.Host, _store.Port, _stop.Token);
            await Task.WhenAny(AskAsync(client.GetStream(), store.GetStream()), ReplyAsync(store.GetStream(), client.GetStream()));
        }
        catch (Exception broken) when (broken is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever was on it has noticed.
        }
        finally
        {
            client.Dispose();
        }
    }

    private async Task AskAsync(NetworkStream client, NetworkStream store)
    {
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await client.ReadAsync(buffer, _stop.Token)) > 0)
        {
            // Requests without bodies fit into one read.
            Interlocked.Increment(ref _requests);
            if (_answers.TryDequeue(out var answer))
            {
                await client.WriteAsync(Encoding.UTF8.GetBytes(answer), _stop.Token);
                return;
            }

            await store.WriteAsync(buffer.AsMemory(0, count), _stop.Token);
        }
    }

    private async Task ReplyAsync(NetworkStream store, NetworkStream client)
    {
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await store.ReadAsync(buffer, _stop.Token)) > 0)
        {
            var limit = Interlocked.Read(ref _cutAfter);
            if (limit >= 0 && count > limit)
            {
                await client.WriteAsync(buffer.AsMemory(0, (int)limit), _stop.Token);
                Interlocked.Exchange(ref _cutAfter, -1);
                return;
            }

            await client.WriteAsync(buffer.AsMemory(0, count), _stop.Token);
        }
    }
}
