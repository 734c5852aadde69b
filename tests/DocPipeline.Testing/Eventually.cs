using System.Diagnostics;

namespace DocPipeline.Testing;

/// <summary>Waits for a condition instead of sleeping for a guess.</summary>
public static class Eventually
{
    /// <summary>Returns as soon as the condition holds; fails with the description when it does not within the limit (default 30 s).</summary>
    public static async Task IsTrueAsync(Func<Task<bool>> condition, string description, TimeSpan? limit = null)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > (limit ?? TimeSpan.FromSeconds(30)))
            {
                throw new TimeoutException($"Not within {clock.Elapsed.TotalSeconds:0} s: {description}");
            }

            await Task.Delay(20);
        }
    }

    /// <summary>
    /// Returns as soon as the condition holds; fails with the description when <paramref name="progress"/> stands still for the limit. For work of
    /// which nobody can say how long it takes on a machine that others use, too, but which must never stop.
    /// </summary>
    public static async Task IsTrueWhileThereIsProgressAsync(Func<Task<bool>> condition, Func<Task<long>> progress, string description, TimeSpan limit)
    {
        var clock = Stopwatch.StartNew();
        var reached = await progress();
        while (!await condition())
        {
            if (await progress() is var now && now != reached)
            {
                reached = now;
                clock.Restart();
            }
            else if (clock.Elapsed > limit)
            {
                throw new TimeoutException($"Nothing moved for {clock.Elapsed.TotalSeconds:0} s: {description}");
            }

            await Task.Delay(20);
        }
    }
}
