using DocPipeline.Documents;

namespace DocPipeline.Providers;

/// <summary>The ledger of a process without a database. It forgets everything when it ends.</summary>
public sealed class MemoryCallLedger(PriceList prices, Budget budget, TimeProvider time) : ICallLedger
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Entry> _entries = [];

    public Task<Guid> BeginAsync(string provider, ProviderCall request, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var day = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
            var wanted = prices.Of(request.Expected, day);
            var broken = budget.Broken(
                _entries.Values.Where(entry => entry.Call.Content == request.Content).Sum(entry => budget.Counted(entry.Cost)),
                _entries.Values.Where(entry => entry.Day == day).Sum(entry => budget.Counted(entry.Cost)),
                budget.Counted(wanted));
            if (broken is not null)
            {
                throw new ProviderRefusal(RefusalKind.QuotaExhausted, provider, broken);
            }

            var id = Guid.NewGuid();
            _entries[id] = new(request, day, IsLanguageModel: false, wanted);
            return Task.FromResult(id);
        }
    }

    public Task EndAsync(Guid id, CallEnd result)
    {
        lock (_lock)
        {
            var entry = _entries[id];
            _entries[id] = entry with { Cost = prices.Of(result.Usage, entry.Day), IsLanguageModel = result.Usage?.Units.ContainsKey(ProviderUnits.OutputToken) ?? false };
            return Task.CompletedTask;
        }
    }

    /// <summary>What one file has cost.</summary>
    public SpentOnDocument Of(ContentHash content)
    {
        lock (_lock)
        {
            var entries = _entries.Values.Where(entry => entry.Call.Content == content).ToList();
            return new(entries.Count, entries.Count(entry => entry.IsLanguageModel), entries.Sum(entry => entry.Cost.Usd), entries.TrueForAll(entry => entry.Cost.IsPriced));
        }
    }

    private sealed record Entry(ProviderCall Call, DateOnly Day, bool IsLanguageModel, Cost Cost);
}

/// <summary>What a file has cost.</summary>
/// <param name="LanguageModelCalls">Those of <paramref name="Calls"/> that went to a language model.</param>
/// <param name="Usd">As far as prices are known.</param>
/// <param name="IsPriced">All of them are.</param>
public sealed record SpentOnDocument(int Calls, int LanguageModelCalls, decimal Usd, bool IsPriced);
