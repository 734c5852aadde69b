namespace DocPipeline.Providers;

/// <summary>What was sent to providers and what it cost. Two kinds: in the database, and in memory for those that have none.</summary>
public interface ICallLedger
{
    /// <summary>Notes a call that is about to be sent and reserves what it may cost.</summary>
    /// <returns>For <see cref="EndAsync"/>.</returns>
    /// <exception cref="ProviderRefusal"><see cref="RefusalKind.QuotaExhausted"/>: a budget does not bear it. Nothing is noted.</exception>
    Task<Guid> BeginAsync(string provider, ProviderCall request, CancellationToken cancellationToken);

    /// <summary>Notes what became of it and what it cost. Never cancelled: what was paid must stand there.</summary>
    Task EndAsync(Guid id, CallEnd result);
}

/// <summary>What became of a call.</summary>
/// <param name="Outcome">One of <see cref="CallOutcomes"/>, other than <see cref="CallOutcomes.Sent"/>.</param>
/// <param name="Usage">What it consumed; null: nothing.</param>
/// <param name="Problem">Why it failed, for an operator. Null where it did not.</param>
public sealed record CallEnd(string Outcome, ProviderUsage? Usage, string? Problem);

public static class CallOutcomes
{
    /// <summary>No reply yet, or the process died before it came.</summary>
    public const string Sent = "sent";
    public const string Answered = "answered";

    /// <summary>It may work later.</summary>
    public const string Failed = "failed";

    /// <summary>It will not work, however often it is tried.</summary>
    public const string Refused = "refused";

    /// <summary>The caller gave up.</summary>
    public const string Abandoned = "abandoned";
}

/// <summary>Ceilings in US dollars, over all providers. Nothing is sent that would pass one.</summary>
public sealed record Budget
{
    /// <summary>Default 1.</summary>
    public decimal UsdPerDocument { get; init; } = 1;

    /// <summary>Of a day in UTC. Default 50.</summary>
    public decimal UsdPerDay { get; init; } = 50;

    /// <summary>What a call without a known price takes from both: what nobody can count must end as well. Default 0.01.</summary>
    public decimal UsdForUnpriced { get; init; } = 0.01m;

    /// <summary>What a call takes from both.</summary>
    internal decimal Counted(Cost cost) => cost.IsPriced ? cost.Usd : Math.Max(cost.Usd, UsdForUnpriced);

    /// <summary>What a reservation of <paramref name="wanted"/> breaks; null: nothing.</summary>
    internal string? Broken(decimal spentOnDocument, decimal spentToday, decimal wanted) =>
        Breaks(spentOnDocument, wanted, UsdPerDocument) ? $"The budget of {UsdPerDocument:0.####} USD a document is used up ({spentOnDocument:0.####} spent). Raise DOCPIPELINE_BUDGET_DOCUMENT_USD if it should be read all the same."
        : Breaks(spentToday, wanted, UsdPerDay) ? $"The budget of {UsdPerDay:0.####} USD a day is used up ({spentToday:0.####} spent). It begins anew at midnight UTC; DOCPIPELINE_BUDGET_DAY_USD raises it."
        : null;

    private static bool Breaks(decimal spent, decimal wanted, decimal limit) => spent >= limit || spent + wanted > limit;
}

/// <summary>Whose budget is spent.</summary>
public static class Purses
{
    public const string Claims = "claims";

    /// <summary>Another way of reading beside the live one: what it spends is not missing from claims.</summary>
    public const string Comparisons = "comparisons";
}
