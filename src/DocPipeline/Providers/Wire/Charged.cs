namespace DocPipeline.Providers.Wire;

/// <summary>Reading of a reply that has been paid for.</summary>
public static class Charged
{
    /// <summary>Reads it; a refusal says what was consumed, since that is charged even if nobody can use the answer.</summary>
    public static T Read<T>(ProviderUsage usage, Func<T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        try
        {
            return read();
        }
        catch (ProviderRefusal refusal) when (refusal.Usage is null)
        {
            throw new ProviderRefusal(refusal.Kind, refusal.Provider, refusal.Message, refusal) { Usage = usage };
        }
    }
}
