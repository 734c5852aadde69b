namespace DocPipeline.Providers;

/// <summary>What one call consumed, in the units that the provider charges for.</summary>
/// <param name="Provider">Name of the provider as in configuration and evidence, such as <c>textract</c>.</param>
/// <param name="Model">Operation or model with its version, as the price file names it.</param>
/// <param name="Units">Amounts by unit: see <see cref="ProviderUnits"/>.</param>
public sealed record ProviderUsage(string Provider, string Model, IReadOnlyDictionary<string, decimal> Units);

/// <summary>The units that prices are quoted in.</summary>
public static class ProviderUnits
{
    public const string Page = "page";

    /// <summary>Tokens read that no cache had.</summary>
    public const string InputToken = "input_token";

    /// <summary>Tokens read from the provider's prompt cache.</summary>
    public const string CachedInputToken = "cached_input_token";

    /// <summary>Tokens written to the provider's prompt cache.</summary>
    public const string CacheWriteToken = "cache_write_token";

    public const string OutputToken = "output_token";

    /// <summary>Comprehend's unit: 100 characters, at least 3 a request.</summary>
    public const string HundredCharacters = "100_characters";
}
