using System.Diagnostics;

namespace DocPipeline.Proof.Machines;

/// <summary>The server's program, as a process of its own: served, killed, or run to its end.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task _reading;
    private readonly TaskCompletionSource _isUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process, string log)
    {
        _process = process;
        _reading = Task.WhenAll(CopyAsync(process.StandardOutput, log + ".out"), CopyAsync(process.StandardError, log));
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>Completes when the server says that it is up.</summary>
    public Task IsUp => _isUp.Task;

    /// <param name="log">File to which its log is added; what it says to people goes beside it.</param>
    public static ServerProcess Start(IReadOnlyDictionary<string, string> settings, string log, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "DocPipeline.Server.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("DOCPIPELINE_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new(process, log);
    }

    /// <summary>SIGKILL to the server alone, at this moment. Returns what was running below it.</summary>
    public async Task<IReadOnlyList<ProcessSample>> KillAsync()
    {
        var tree = ProcessTree.Of(Id);
        _process.Kill();
        await _process.WaitForExitAsync();
        return [.. tree.Where(process => process.Id != Id)];
    }

    /// <summary>Waits for its end and returns its exit code.</summary>
    public async Task<int> EndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        await _reading.WaitAsync(cancellationToken);
        return _process.ExitCode;
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

    private async Task CopyAsync(StreamReader from, string to)
    {
        await using var file = new StreamWriter(File.Open(to, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
        while (await from.ReadLineAsync() is { } line)
        {
            await file.WriteLineAsync(line);
            if (line.StartsWith("Queue and workbench", StringComparison.Ordinal))
            {
                _isUp.TrySetResult();
            }
        }
    }
}
