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
}
