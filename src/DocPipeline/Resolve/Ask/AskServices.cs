using DocPipeline.Blobs;
using DocPipeline.Providers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DocPipeline.Resolve.Ask;

internal static class AskServices
{
    /// <summary>Asking, with the <see cref="AskedModels"/>, <see cref="AskOptions"/> and <see cref="ProviderGate"/> that are registered before; without models, nothing is ever asked.</summary>
    public static IServiceCollection AddAsking(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(AskedModels.None);
        services.TryAddSingleton(new AskOptions());
        services.TryAddSingleton(PersonalDataFinder.None);
        services.TryAddSingleton<ProviderGate>();
        return services
            .AddSingleton(provider => new KeptAnswers(provider.GetRequiredService<IBlobs>(), provider.GetRequiredService<ProviderGate>()))
            .AddSingleton<Redaction>()
            .AddSingleton(provider => new DoubtResolver(
                provider.GetRequiredService<AskedModels>(), provider.GetRequiredService<KeptAnswers>(), Calibration.Shipped, provider.GetRequiredService<AskOptions>(), provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<Redaction>()));
    }
}
