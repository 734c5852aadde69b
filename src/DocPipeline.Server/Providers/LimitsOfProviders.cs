using System.Globalization;
using DocPipeline.Providers;

namespace DocPipeline.Server.Providers;

/// <summary>Limits as a setting spells them: <c>textract=10/4/60,anthropic=2/2/90/20</c>. A fourth number is the seconds after which a request without a reply is sent once more.</summary>
internal static class LimitsOfProviders
{
    /// <summary>Seconds. Two services that hang and our own reader fit into the five minutes that a step has.</summary>
    private const double LongestCall = 120;

    public static bool TryParse(string text, out IReadOnlyDictionary<string, ProviderLimits> limits)
    {
        var parsed = new Dictionary<string, ProviderLimits>(StringComparer.Ordinal);
        limits = parsed;
        foreach (var entry in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (entry.Split('=', StringSplitOptions.TrimEntries) is not [{ Length: > 0 } name, var numbers]
                || numbers.Split('/') is not [var perSecond, var atOnce, var seconds, .. { Length: <= 1 } hedge]
                || Number(perSecond) is not (> 0 and <= 10_000) || Number(seconds) is not (> 0 and <= LongestCall)
                || !int.TryParse(atOnce, NumberStyles.None, CultureInfo.InvariantCulture, out var places) || places is < 1 or > 1000
                || (hedge is [var wait] && !(Number(wait) > 0 && Number(wait) < Number(seconds)))
                || !parsed.TryAdd(name, new()
                {
                    PerSecond = Number(perSecond)!.Value,
                    AtOnce = places,
                    Deadline = TimeSpan.FromSeconds(Number(seconds)!.Value),
                    HedgeAfter = hedge is [var patience] ? TimeSpan.FromSeconds(Number(patience)!.Value) : null,
                }))
            {
                return false;
            }
        }

        return true;
    }

    public static IReadOnlyDictionary<string, ProviderLimits> Of(string text) => TryParse(text, out var limits) ? limits : new Dictionary<string, ProviderLimits>();

    private static double? Number(string text) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
