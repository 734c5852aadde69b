using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DocPipeline.Testing.Wire;

/// <summary>A request as it came.</summary>
/// <param name="Headers">By lower-case name.</param>
public sealed record ScriptedRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>What the server says to a request, and how it misbehaves while it does.</summary>
public sealed record ScriptedReply(int Status, string Body)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Sends this many bytes of the body and closes the connection.</summary>
    public int? CutAfter { get; init; }

    /// <summary>Sends a byte of the body at this pace, until the other side has enough.</summary>
    public TimeSpan? Drip { get; init; }

    /// <summary>Never answers.</summary>
    public bool FallsSilent { get; init; }
}

/// <summary>
/// A service on the loopback that speaks HTTP/1.1 and answers by a script. A request that the script does not expect is answered with 501 and makes
/// <see cref="DisposeAsync"/> throw: nothing is asked unnoticed.
/// </summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<ScriptedRequest> _requests = new();
    private readonly ConcurrentQueue<string> _unexpected = new();
    private readonly ConcurrentDictionary<Task, bool> _exchanges = [];
    private readonly Func<ScriptedRequest, ScriptedReply?> _script;
    private readonly Task _accepting;

    /// <param name="script">Null for a request that must not come.</param>
    public ScriptedServer(Func<ScriptedRequest, ScriptedReply?> script)
    {
        _script = script;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Ends with a slash.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Everything that was asked, in order.</summary>
    public IReadOnlyList<ScriptedRequest> Requests => [.. _requests];

    /// <exception cref="InvalidOperationException">Something was asked that the script does not expect, or the script failed.</exception>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_exchanges.Keys);
        _listener.Dispose();
        _stop.Dispose();
        if (!_unexpected.IsEmpty)
        {
            throw new InvalidOperationException($"Unexpected: {string.Join("; ", _unexpected)}");
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                var exchange = AnswerAsync(client);
                _exchanges[exchange] = true;
                _ = exchange.ContinueWith(done => _exchanges.TryRemove(done, out _), TaskScheduler.Default);
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // The end of the test; the listener may have been stopped at any point of the loop.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        await Task.Yield();
        using (client)
        {
            try
            {
                client.NoDelay = true;
                await using var stream = client.GetStream();
                if (await ReadAsync(stream, _stop.Token) is { } request)
                {
                    _requests.Enqueue(request);
                    await WriteAsync(stream, ReplyTo(request), _stop.Token);
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException)
            {
                // The other side has enough, or the test has ended.
            }
        }
    }

    private ScriptedReply ReplyTo(ScriptedRequest request)
    {
        try
        {
            if (_script(request) is { } reply)
            {
                return reply;
            }

            _unexpected.Enqueue($"{request.Method} {request.Path}");
        }
        catch (Exception exception)
        {
            _unexpected.Enqueue($"{request.Method} {request.Path}: {exception.Message}");
        }

        return new(501, """{"error":{"message":"The script does not expect this.","type":"unexpected"}}""");
    }

    private static async Task<ScriptedRequest?> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!(head.Count >= 4 && head[^4] == '\r' && head[^3] == '\n' && head[^2] == '\r' && head[^1] == '\n'))
        {
            if (await stream.ReadAsync(one, cancellationToken) == 0)
            {
                return null;
            }

            head.Add(one[0]);
        }

        var lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var start = lines[0].Split(' ');
        var headers = lines.Skip(1).Select(line => line.Split(':', 2)).ToDictionary(parts => parts[0].ToLowerInvariant(), parts => parts[1].Trim());
        return new(start[0], start[1], headers, Encoding.UTF8.GetString(await BodyAsync(stream, headers, cancellationToken)));
    }

    private static async Task<byte[]> BodyAsync(NetworkStream stream, Dictionary<string, string> headers, CancellationToken cancellationToken)
    {
        if (headers.TryGetValue("content-length", out var length))
        {
            var body = new byte[int.Parse(length, CultureInfo.InvariantCulture)];
            await stream.ReadExactlyAsync(body, cancellationToken);
            return body;
        }

        using var chunks = new MemoryStream();
        while (headers.GetValueOrDefault("transfer-encoding") == "chunked")
        {
            var size = int.Parse(await LineAsync(stream, cancellationToken), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var chunk = new byte[size];
            await stream.ReadExactlyAsync(chunk, cancellationToken);
            await LineAsync(stream, cancellationToken);
            if (size == 0)
            {
                break;
            }

            chunks.Write(chunk);
        }

        return chunks.ToArray();
    }

    private static async Task<string> LineAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, cancellationToken) > 0 && one[0] != '\n')
        {
            line.Append((char)one[0]);
        }

        return line.ToString().TrimEnd('\r');
    }

    private static async Task WriteAsync(NetworkStream stream, ScriptedReply reply, CancellationToken cancellationToken)
    {
        if (reply.FallsSilent)
        {
            // Until the other side has enough, or the test ends.
            await LineAsync(stream, cancellationToken);
            return;
        }

        var body = Encoding.UTF8.GetBytes(reply.Body);
        var headers = new Dictionary<string, string>(reply.Headers, StringComparer.OrdinalIgnoreCase);
        headers.TryAdd("Content-Type", "application/json");
        headers["Content-Length"] = body.Length.ToString(CultureInfo.InvariantCulture);
        headers["Connection"] = "close";
        var head = $"HTTP/1.1 {reply.Status} Scripted\r\n{string.Concat(headers.Select(header => $"{header.Key}: {header.Value}\r\n"))}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), cancellationToken);
        var sent = reply.CutAfter is { } cut ? body.AsMemory(0, Math.Min(cut, body.Length)) : body;
        if (reply.Drip is { } pace)
        {
            foreach (var one in sent.ToArray())
            {
                await stream.WriteAsync(new[] { one }, cancellationToken);
                await Task.Delay(pace, TimeProvider.System, cancellationToken);
            }
        }
        else
        {
            await stream.WriteAsync(sent, cancellationToken);
        }
    }
}
