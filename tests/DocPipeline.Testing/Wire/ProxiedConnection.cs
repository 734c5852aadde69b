using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DocPipeline.Testing.Wire;

/// <summary>
/// One connection through the proxy. A round trip is what the client sends up to a Query or Sync message, and what the server
/// answers up to ReadyForQuery (Postgres protocol 3.0, "Message Flow").
/// </summary>
internal sealed class ProxiedConnection(Socket client, PostgresProxy proxy) : IDisposable
{
    private const int ProtocolThree = 196608;

    private readonly Dictionary<string, string> _statements = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Fault> _unanswered = new();
    private Socket? _server;
    private readonly List<string> _path = [];
    private bool _isInTransaction;
    private volatile bool _isSilent;

    /// <summary>Breaks the connection, on both sides.</summary>
    public void Dispose()
    {
        client.Dispose();
        _server?.Dispose();
    }

    /// <summary>Nothing passes any more in either direction, not even the news that one side has closed.</summary>
    public void FallSilent() => _isSilent = true;

    public async Task RunAsync(DnsEndPoint address)
    {
        try
        {
            client.NoDelay = true;
            await using var fromClient = new NetworkStream(client);
            var startup = await ReadStartupAsync(fromClient);
            if (BinaryPrimitives.ReadInt32BigEndian(startup.AsSpan(4)) != ProtocolThree)
            {
                return; // a request to cancel: the client gives up by itself, and no test is about it
            }

            var fault = await proxy.Plan.MeetAsync(RoundTripNames.Connect);
            if (IsBefore(fault))
            {
                return;
            }

            _unanswered.Enqueue(fault);
            _server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await _server.ConnectAsync(address);
            await using var fromServer = new NetworkStream(_server);
            await fromServer.WriteAsync(startup);
            await Task.WhenAny(PumpRequestsAsync(fromClient, fromServer), PumpRepliesAsync(fromServer, fromClient));
            if (_isSilent)
            {
                await Task.WhenAny(Task.Delay(Timeout.Infinite, proxy.Stopped));
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // One of the two has gone.
        }
        finally
        {
            Dispose();
        }
    }

    private async Task PumpRequestsAsync(NetworkStream from, NetworkStream to)
    {
        try
        {
            using var request = new MemoryStream();
            var names = new List<string>();
            while (true)
            {
                var message = await ReadMessageAsync(from);
                switch ((char)message[0])
                {
                    case 'P':
                        message = Parse(message);
                        break;
                    case 'B':
                        names.Add(proxy.Names.NameOf(_statements.GetValueOrDefault(Text(message, Text(message, 5).Next).Value, "")));
                        break;
                    case 'Q':
                        names.Add(proxy.Names.NameOf(Text(message, 5).Value));
                        break;
                }

                request.Write(message);
                if ((char)message[0] is 'Q' or 'S')
                {
                    var fault = await proxy.Plan.MeetAsync(NameOf(names));
                    if (IsBefore(fault))
                    {
                        Fail(fault);
                        return;
                    }

                    if (fault is Fault.FallSilent or Fault.DeliverLate)
                    {
                        FallSilent();
                    }

                    if (fault == Fault.DeliverLate)
                    {
                        await UntilClosedAsync(from);
                        await proxy.Plan.HoldLate();
                        await to.WriteAsync(request.GetBuffer().AsMemory(0, (int)request.Length));
                        return;
                    }

                    _unanswered.Enqueue(fault);
                }

                if (_isSilent)
                {
                    await UntilClosedAsync(from);
                    return;
                }

                if ((char)message[0] is 'Q' or 'S' or 'H' or 'X' or 'p')
                {
                    await to.WriteAsync(request.GetBuffer().AsMemory(0, (int)request.Length));
                    request.SetLength(0);
                    names.Clear();
                }
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            Close();
        }
    }

    // One side has gone. In silence the other one is not told.
    private void Close()
    {
        if (!_isSilent)
        {
            Dispose();
        }
    }

    private static async Task UntilClosedAsync(NetworkStream from)
    {
        try
        {
            while (await from.ReadAsync(new byte[4096]) > 0)
            {
                // Dropped.
            }
        }
        catch (IOException)
        {
            // Closed by breaking it.
        }
    }

    private async Task PumpRepliesAsync(NetworkStream from, NetworkStream to)
    {
        try
        {
            while (true)
            {
                var message = await ReadMessageAsync(from);
                _unanswered.TryPeek(out var fault);
                var isEnd = message[0] == 'Z';
                if (isEnd)
                {
                    _unanswered.TryDequeue(out _);
                }

                if (fault == Fault.FallSilentInReply && !_isSilent)
                {
                    FallSilent();
                    await to.WriteAsync(message.AsMemory(0, message.Length / 2));
                }
                else if (_isSilent)
                {
                    // Dropped.
                }
                else if (fault == Fault.None)
                {
                    await to.WriteAsync(message);
                }
                else if (isEnd)
                {
                    Fail(fault);
                    return;
                }
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            Close();
        }
    }

    // In a transaction what was said before tells two uses of one statement apart, and two commits.
    private string NameOf(List<string> names)
    {
        var name = string.Join(" + ", names);
        if (name.StartsWith("BEGIN", StringComparison.Ordinal))
        {
            _isInTransaction = true;
            _path.Clear();
        }
        else if (name is "COMMIT" or "ROLLBACK")
        {
            _isInTransaction = false;
            return $"{name} of {Path()}";
        }
        else if (_isInTransaction && RoundTripNames.IsFile(name))
        {
            _path.Add(name);
            return Path();
        }

        return name;
    }

    private string Path() => string.Join(" > ", _path.TakeLast(proxy.Names.Depth));

    private byte[] Parse(byte[] message)
    {
        var (name, textAt) = Text(message, 5);
        var (sql, restAt) = Text(message, textAt);
        _statements[name] = sql;
        var rewritten = proxy.Plan.Rewrite(sql);
        if (ReferenceEquals(rewritten, sql))
        {
            return message;
        }

        byte[] body = [.. message.AsSpan(5, textAt - 5), .. Encoding.UTF8.GetBytes(rewritten), 0, .. message.AsSpan(restAt)];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, body.Length + 4);
        return [(byte)'P', .. length, .. body];
    }

    private void Fail(Fault fault)
    {
        if (fault is Fault.VanishBefore or Fault.VanishAfter)
        {
            proxy.Vanish();
        }

        Dispose();
    }

    private static bool IsBefore(Fault fault) => fault is Fault.CutBefore or Fault.VanishBefore;

    private static bool IsEnd(Exception exception) => exception is IOException or SocketException or ObjectDisposedException;

    private static (string Value, int Next) Text(byte[] message, int at)
    {
        var end = Array.IndexOf(message, (byte)0, at);
        return (Encoding.UTF8.GetString(message, at, end - at), end + 1);
    }

    private static async Task<byte[]> ReadStartupAsync(NetworkStream from)
    {
        var length = new byte[4];
        await from.ReadExactlyAsync(length);
        var message = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
        length.CopyTo(message, 0);
        await from.ReadExactlyAsync(message.AsMemory(4));
        return message;
    }

    private static async Task<byte[]> ReadMessageAsync(NetworkStream from)
    {
        var head = new byte[5];
        await from.ReadExactlyAsync(head);
        var message = new byte[1 + BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1))];
        head.CopyTo(message, 0);
        await from.ReadExactlyAsync(message.AsMemory(5));
        return message;
    }
}
