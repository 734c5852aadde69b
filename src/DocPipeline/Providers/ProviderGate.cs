using System.Collections.Concurrent;
using DocPipeline.Documents;

namespace DocPipeline.Providers;

/// <summary>Whose money a call spends.</summary>
/// <param name="Content">The file that is read.</param>
/// <param name="Submission">Instance of the workflow; null outside of one (trying a file out).</param>
/// <param name="Step">Name of the step, such as <c>recognize-page</c>.</param>
public sealed record ProviderCall(ContentHash Content, string? Submission, string Step);

/// <summary>What stands before every call of a provider.</summary>
public sealed class ProviderGate
{
    private const int AtOnce = 8;

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _places = new();

    /// <summary>Sends one request, if the provider may be asked now.</summary>
    /// <param name="provider">Its name.</param>
    /// <param name="call">For the ledger and the budget.</param>
    /// <param name="send">The request. What it returns tells what it consumed.</param>
    /// <param name="usageOf">What the reply consumed.</param>
    public async Task<T> CallAsync<T>(string provider, ProviderCall call, Func<CancellationToken, Task<T>> send, Func<T, ProviderUsage> usageOf, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(provider);
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(usageOf);
        var places = _places.GetOrAdd(provider, static _ => new(AtOnce, AtOnce));
        await places.WaitAsync(cancellationToken);
        try
        {
            return await send(cancellationToken);
        }
        finally
        {
            places.Release();
        }
    }
}
