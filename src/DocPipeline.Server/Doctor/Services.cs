using System.Globalization;
using DocPipeline.Providers;

namespace DocPipeline.Server.Doctor;

/// <summary>Services outside: each is tried with the cheapest call that works only when everything about it does.</summary>
internal static class Services
{
    public static async Task<Diagnosis> ProbeAsync(string name, IProbedProvider service, CancellationToken cancellationToken)
    {
        var probe = await service.ProbeAsync(cancellationToken);
        return probe.Works
            ? Diagnosis.Well(name, $"{probe.Message} (Tried: {probe.Call}.)")
            : Diagnosis.Broken(name, $"{probe.Message} (Tried: {probe.Call}.)", Advice(probe.Refusal));
    }

    /// <summary>How fast a provider is asked at most.</summary>
    /// <param name="processes">Server processes that run now; null where nobody knows.</param>
    public static Diagnosis Limits(string provider, ProviderLimits limits, int? processes) => Diagnosis.Well(
        $"{provider}, limits",
        string.Create(CultureInfo.InvariantCulture, $"Each server process asks at most {limits.PerSecond:0.##} times a second, {limits.AtOnce} at once; together they ask as many times more as there are of them{(processes is { } running ? $", {running} now" : "")}: DOCPIPELINE_PROVIDER_LIMITS."));

    /// <summary>Whether its money can be counted.</summary>
    /// <param name="service">Null where it could not be made.</param>
    public static Diagnosis? Price(string name, object? service, PriceList prices, DateOnly today)
    {
        var (expected, amount) = service switch
        {
            IPageEngine engine => (engine.Expected, "a page at most"),
            ILanguageModel model => (new(model.Provider, model.Model, new Dictionary<string, decimal> { [ProviderUnits.InputToken] = 1_000_000, [ProviderUnits.OutputToken] = 1_000_000 }), "for a million tokens read and a million written"),
            _ => (null, ""),
        };
        if (expected is null)
        {
            return null;
        }

        var cost = prices.Of(expected, today);
        return cost.IsPriced
            ? Diagnosis.Well($"{name}, price", $"{expected.Model} costs {cost.Usd:0.######} USD {amount}, by price file {prices.Version}.")
            : new($"{name}, price", Health.Doubtful, $"No price is known for {expected.Model}: it is counted in units, and takes what is assumed from the budgets.", "Put its price into a file of your own and name it in DOCPIPELINE_PRICES.");
    }

    private static string Advice(RefusalKind? refusal) => refusal switch
    {
        RefusalKind.NotAllowed => "Look at the credentials, whether they have expired, and what they may do.",
        RefusalKind.Misconfigured => "Look at the settings: region, endpoint, model.",
        RefusalKind.QuotaExhausted => "Raise the quota or pay the bill; until then the next reader is asked.",
        RefusalKind.BadReply => "Look at the endpoint: what answers there does not speak this service's protocol.",
        RefusalKind.Unsupported or RefusalKind.Declined => "Look at the settings: what they ask for is not offered there.",
        _ => "Try again; if it stays so, look at the network and at the endpoint. Until it answers, the next reader is asked.",
    };
}
