using System.Collections.Concurrent;
using System.Diagnostics;
using DocPipeline.Durable.FaultWorker;
using DocPipeline.Testing;

namespace DocPipeline.Durable.FaultTests.Machines;

/// <summary>A worker process. Killed at the end of the test if it still lives.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _errors = [];
    private readonly TaskCompletionSource _isUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WorkerProcess(Process process) => _process = process;

    /// <summary>What it wrote to standard error: the engine's own bugs, or how it crashed.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    public bool HasExited => _process.HasExited;

    public Task IsUp => _isUp.Task;

    public static WorkerProcess Start(WorkerSettings settings)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(WorkerSettings).Assembly.Location, settings.ToArgument()])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_TieredPGO"] = "0", ["DOTNET_gcServer"] = "0", ["DOTNET_DbgEnableMiniDump"] = "0" },
        };
        var worker = new WorkerProcess(Process.Start(start)!);
        worker._process.OutputDataReceived += (_, line) => worker._isUp.TrySetResult();
        worker._process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null)
            {
                worker._errors.Enqueue(line.Data);
            }
        };
        worker._process.BeginOutputReadLine();
        worker._process.BeginErrorReadLine();
        return worker;
    }

    public void Kill() => _process.Kill();

    /// <param name="name">Without SIG, such as <c>STOP</c>.</param>
    public void Signal(string name) => Signals.Send(name, _process.Id);

    /// <summary>Waits for its end and returns its exit code.</summary>
    public async Task<int> EndAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
