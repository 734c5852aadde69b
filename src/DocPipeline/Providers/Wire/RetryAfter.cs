using System.Globalization;

namespace DocPipeline.Providers.Wire;

/// <summary>The header Retry-After (RFC 9110, 10.2.3), in its form of seconds; the form of a date depends on two clocks, and no provider of ours sends it.</summary>
public static class RetryAfter
{
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(10);

    /// <returns>What the provider asks for, ten minutes at most: a reply must not put work off for ever. Null where it asks for nothing that can be read.</returns>
    public static TimeSpan? Of(string? header) =>
        int.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(Math.Min(seconds, Most.TotalSeconds)) : null;
}
