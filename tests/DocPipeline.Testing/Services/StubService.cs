using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DocPipeline.Testing.Services;

/// <summary>
/// A service on the loopback that answers as a test has written it down, in order, and remembers what it was asked. It speaks HTTP/1.1 itself, so that it can break it. A call that nobody
/// expected fails the test, and so does an answer that nobody fetched.
/// </summary>
public sealed class StubService : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Func<StubRequest, StubReply>> _answers = new();
    private readonly ConcurrentQueue<StubRequest> _requests = new();
    private readonly ConcurrentQueue<string> _unexpected = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;

    public StubService()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>What it was asked, in order.</summary>
    public IReadOnlyList<StubRequest> Requests => [.. _requests];

    /// <summary>The answer to the next request that has none yet.</summary>
    public StubService Answers(StubReply reply) => Answers(_ => reply);

    /// <inheritdoc cref="Answers(StubReply)"/>
    public StubService Answers(Func<StubRequest, StubReply> reply)
    {
        _answers.Enqueue(reply);
        return this;
    }

    /// <summary>The answer to every request that has no other: its number is not limited, but can be counted.</summary>
    public Func<StubRequest, StubReply>? Otherwise { get; set; }

    /// <exception cref="InvalidOperationException">It was asked more or less than was expected.</exception>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
        if (!_unexpected.IsEmpty || !_answers.IsEmpty)
        {
            throw new InvalidOperationException($"Unexpected calls: {(_unexpected.IsEmpty ? "none" : string.Join(", ", _unexpected))}. Answers that were not fetched: {_answers.Count}.");
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }

    // One request a connection: which of them shares one is the client's business and no test's.
    private async Task ServeAsync(Socket socket)
    {
        await Task.Yield();
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            if (await ReadAsync(stream) is not { } request)
            {
                return;
            }

            _requests.Enqueue(request);
            await WriteAsync(socket, stream, AnswerTo(request));
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // The client has had enough, or the test.
        }
    }

    private StubReply AnswerTo(StubRequest request)
    {
        if (_answers.TryDequeue(out var answer) || (answer = Otherwise) is not null)
        {
            return answer(request);
        }

        _unexpected.Enqueue($"{request.Method} {request.Path} {request["x-amz-target"]}".Trim());
        return StubReply.Empty(500);
    }

    private async Task<StubRequest?> ReadAsync(NetworkStream stream)
    {
        if (await LineAsync(stream) is not { Length: > 0 } first)
        {
            return null;
        }

        var parts = first.Split(' ');
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await LineAsync(stream) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        if (headers.GetValueOrDefault("Expect") is "100-continue")
        {
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), _stop.Token);
        }

        return new(parts[0], parts[1], headers, headers.ContainsKey("Transfer-Encoding") ? await ChunksAsync(stream) : await BytesAsync(stream, Length(headers.GetValueOrDefault("Content-Length", "0"))));
    }

    private async Task<byte[]> ChunksAsync(NetworkStream stream)
    {
        using var body = new MemoryStream();
        while (int.Parse((await LineAsync(stream))!, NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var length)
        {
            body.Write(await BytesAsync(stream, length));
            await LineAsync(stream);
        }

        await LineAsync(stream);
        return body.ToArray();
    }

    private async Task<byte[]> BytesAsync(NetworkStream stream, int length)
    {
        var bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes, _stop.Token);
        return bytes;
    }

    private async Task<string?> LineAsync(NetworkStream stream)
    {
        var line = new List<byte>();
        var next = new byte[1];
        while (await stream.ReadAsync(next, _stop.Token) == 1)
        {
            if (next[0] == '\n')
            {
                return Encoding.Latin1.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(next[0]);
        }

        return null;
    }

    private async Task WriteAsync(Socket socket, NetworkStream stream, StubReply reply)
    {
        if (reply.Delivery == Delivery.Never)
        {
            await Task.Delay(Timeout.Infinite, _stop.Token);
        }

        var head = new StringBuilder(FormattableString.Invariant($"HTTP/1.1 {reply.Status} Stub\r\nConnection: close\r\n"));
        if (reply.Delivery != Delivery.Endless && reply.Status != 204)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {reply.Body.Length}\r\n");
        }

        foreach (var (name, value) in reply.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        await stream.WriteAsync(Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), _stop.Token);
        switch (reply.Delivery)
        {
            case Delivery.Whole:
                await stream.WriteAsync(reply.Body, _stop.Token);
                break;

            case Delivery.Cut:
                await stream.WriteAsync(reply.Body.AsMemory(0, reply.Body.Length / 2), _stop.Token);
                await stream.FlushAsync(_stop.Token);
                break;

            case Delivery.Drip:
                for (var i = 0; i < reply.Body.Length - 1; i++)
                {
                    await stream.WriteAsync(reply.Body.AsMemory(i, 1), _stop.Token);
                    await Task.Delay(20, _stop.Token);
                }

                await Task.Delay(Timeout.Infinite, _stop.Token);
                break;

            case Delivery.Endless:
                while (true)
                {
                    await stream.WriteAsync(reply.Body, _stop.Token);
                }
        }

        socket.Shutdown(SocketShutdown.Send); // closing at once could take what is still under way with it
    }

    private static int Length(string header) => int.Parse(header, CultureInfo.InvariantCulture);
}
