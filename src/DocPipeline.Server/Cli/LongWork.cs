using Spectre.Console;

namespace DocPipeline.Server.Cli;

/// <summary>Work that takes a while, over many items: a bar on a terminal, a line now and then elsewhere. Always on the error stream.</summary>
internal static class LongWork
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    /// <summary>Runs <paramref name="work"/> over all items, at most <paramref name="atOnce"/> at a time. Results come in the order of the items.</summary>
    public static async Task<IReadOnlyList<TOut>> OverAsync<TIn, TOut>(
        string title, IReadOnlyList<TIn> items, int atOnce, Func<TIn, CancellationToken, Task<TOut>> work, CancellationToken cancellationToken)
    {
        var results = new TOut[items.Count];
        if (Console.IsErrorRedirected || items.Count < 2)
        {
            var done = 0;
            var started = TimeProvider.System.GetTimestamp();
            var lastLine = started;
            await RunAsync(() =>
            {
                var count = Interlocked.Increment(ref done);
                var last = Interlocked.Read(ref lastLine);
                if (count < items.Count
                    && TimeProvider.System.GetElapsedTime(last) > BetweenLines
                    && Interlocked.CompareExchange(ref lastLine, TimeProvider.System.GetTimestamp(), last) == last)
                {
                    Console.Error.WriteLine($"{title}: {count} of {items.Count} after {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s");
                }
            });
            return results;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await console.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                var bar = progress.AddTask(Markup.Escape(title), maxValue: items.Count);
                await RunAsync(() => bar.Increment(1));
            });
        return results;

        Task RunAsync(Action oneDone) => Parallel.ForEachAsync(
            Enumerable.Range(0, items.Count),
            new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken },
            async (index, cancelled) =>
            {
                results[index] = await work(items[index], cancelled);
                oneDone();
            });
    }
}
