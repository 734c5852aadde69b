using System.Collections.Concurrent;
using System.Globalization;

namespace DocPipeline.Proof.Machines;

/// <summary>Looks at a server and everything below it, many times a second, and keeps the most that each program ever used.</summary>
internal sealed class Watch : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, long> _peaks = [];
    private readonly Task _watching;

    private Watch(int server) => _watching = Task.Run(() => RunAsync(server));

    /// <summary>Bytes of resident memory by program; the kernel's own high-water mark, so a peak between two looks counts too.</summary>
    public IReadOnlyDictionary<string, long> Peaks => _peaks;

    public static Watch Begin(int server) => new(server);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private async Task RunAsync(int server)
    {
        while (!_stop.IsCancellationRequested)
        {
            foreach (var process in ProcessTree.Glance(server))
            {
                if (ProcessTree.PeakMemory(process.Id) is { } peak)
                {
                    _peaks.AddOrUpdate(process.Program, peak, (_, before) => Math.Max(before, peak));
                }
            }

            await Task.WhenAny(Task.Delay(Pause, TimeProvider.System, _stop.Token));
        }
    }

    public static string Megabytes(long bytes) => (bytes / 1e6).ToString("0", CultureInfo.InvariantCulture) + " MB";
}
