namespace DocPipeline.Providers;

/// <summary>Why a provider will not do it, however often it is asked.</summary>
public enum RefusalKind
{
    /// <summary>Credentials are missing, expired or not allowed to.</summary>
    NotAllowed,

    /// <summary>The region, endpoint, model or a setting does not exist or does not fit.</summary>
    Misconfigured,

    /// <summary>Money or quota is used up.</summary>
    QuotaExhausted,

    /// <summary>This input is beyond the provider's limits: size, pages, format.</summary>
    Unsupported,

    /// <summary>The provider or its model declined to answer.</summary>
    Declined,

    /// <summary>The reply breaks its own contract: not its schema, cut off, too large, or it silently left something out.</summary>
    BadReply,
}

/// <summary>A provider will not do this. The next of the cascade is asked; no retry helps.</summary>
/// <param name="kind">Why.</param>
/// <param name="provider">Name of the provider.</param>
/// <param name="message">What happened and what to do, for an operator. Never a secret, never text of a document.</param>
public sealed class ProviderRefusal(RefusalKind kind, string provider, string message, Exception? inner = null) : Exception(message, inner)
{
    public RefusalKind Kind { get; } = kind;

    public string Provider { get; } = provider;

    /// <summary>What was consumed nevertheless, such as the tokens of an answer that was cut off; null where nothing was, or nobody knows.</summary>
    public ProviderUsage? Usage { get; init; }
}
