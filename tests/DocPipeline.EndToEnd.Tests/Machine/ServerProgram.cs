using System.Diagnostics;
using System.Text;
using DocPipeline.Testing;

namespace DocPipeline.EndToEnd.Tests.Machine;

/// <summary>The program itself, as a process of its own: from the command line to the exit code.</summary>
public sealed class ServerProgram : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly Task _reading;

    private ServerProgram(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(CollectAsync(process.StandardOutput, _output), CollectAsync(process.StandardError, _errors));
    }

    public int ProcessId => _process.Id;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public static ServerProgram Start(IEnumerable<KeyValuePair<string, string?>> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "DocPipeline.Server.dll") },
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Settings of whoever runs the tests must not count.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("DOCPIPELINE_", StringComparison.Ordinal) || name.StartsWith("OTEL_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new ServerProgram(process);
    }

    public async Task<Finished> EndAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        await _process.WaitForExitAsync(limit.Token);
        await _reading.WaitAsync(limit.Token);
        return new(_process.ExitCode, Output, _errors.ToString());
    }

    /// <summary>Asks it to stop, as Ctrl-C and every supervisor do.</summary>
    public Task<Finished> StopAsync()
    {
        Signals.Send("TERM", _process.Id);
        return EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static async Task CollectAsync(StreamReader from, StringBuilder to)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            lock (to)
            {
                to.Append(line).Append('\n');
            }
        }
    }
}
