using DocPipeline.Providers;

namespace DocPipeline.Resolve.Ask;

/// <summary>The models that are asked, as configured.</summary>
/// <param name="Small">Asked first; null where no model is configured: then nothing is asked.</param>
/// <param name="Large">Asked what the small one left open, where that is worth it; null for none.</param>
public sealed record AskedModels(ILanguageModel? Small, ILanguageModel? Large)
{
    public static AskedModels None { get; } = new(null, null);
}
