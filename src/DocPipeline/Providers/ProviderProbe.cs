using DocPipeline.Workflow;

namespace DocPipeline.Providers;

/// <summary>A provider that can be tried before documents depend on it: <c>./run doctor</c>.</summary>
public interface IProbedProvider
{
    /// <summary>Makes the cheapest call that works only when credentials, region, endpoint, model and permissions do.</summary>
    /// <returns>What came of it. No failure of the provider is thrown.</returns>
    Task<ProviderProbe> ProbeAsync(CancellationToken cancellationToken);
}

/// <summary>What came of trying a provider.</summary>
/// <param name="Provider">Its name in configuration.</param>
/// <param name="Call">What was asked, and what that costs, such as <c>AnalyzeDocument with one byte that is no document, free</c>.</param>
/// <param name="Works">Documents can be sent.</param>
/// <param name="Refusal">Why it refuses; null where it works, and where it did not answer now but may later.</param>
/// <param name="Message">What happened and what to do, in one or two sentences. Never a secret.</param>
public sealed record ProviderProbe(string Provider, string Call, bool Works, RefusalKind? Refusal, string Message)
{
    /// <summary>Tries a call.</summary>
    /// <param name="ask">Throws what the provider's calls throw; returns what to say when it works.</param>
    public static async Task<ProviderProbe> TryAsync(string provider, string call, Func<Task<string>> ask)
    {
        ArgumentNullException.ThrowIfNull(ask);
        try
        {
            return new(provider, call, Works: true, Refusal: null, await ask());
        }
        catch (ProviderRefusal refusal)
        {
            return new(provider, call, Works: false, refusal.Kind, refusal.Message);
        }
        catch (TransientFailure failure)
        {
            return new(provider, call, Works: false, Refusal: null, $"{failure.Message} Try again; if it stays so, check the network and the endpoint.");
        }
    }
}
