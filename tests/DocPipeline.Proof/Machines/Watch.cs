using System.Collections.Concurrent;
using System.Globalization;

namespace DocPipeline.Proof.Machines;

/// <summary>Looks at a server and everything below it, many times a second, and keeps the most that each program ever used.</summary>
internal sealed class Watch : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, long> _peaks = [];
    private readonly Task _watching;

    private Watch(int server, TimeSpan pause) => _watching = Task.Run(() => RunAsync(server, pause));

    /// <summary>Bytes of resident memory by program; the kernel's own high-water mark, so a peak between two looks counts too.</summary>
    public IReadOnlyDictionary<string, long> Peaks => _peaks;

    /// <param name="pause">Between two looks. They cost processor time beside what is measured; a child that lives shorter may not be seen.</param>
    public static Watch Begin(int server, TimeSpan pause) => new(server, pause);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private async Task RunAsync(int server, TimeSpan pause)
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

            await Task.WhenAny(Task.Delay(pause, TimeProvider.System, _stop.Token));
        }
    }

    public static string Megabytes(long bytes) => (bytes / 1e6).ToString("0", CultureInfo.InvariantCulture) + " MB";
}
