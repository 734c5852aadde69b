using DocPipeline.Pages.Ocr;
using DocPipeline.Pages.Pdf;
using DocPipeline.Providers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DocPipeline.Pages;

public static class PageServices
{
    /// <summary>The reader of pages and its two steps. Needs a <see cref="Blobs.IBlobs"/> and logging. Options out of range stop the first use with a reason.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services, Action<PageOptions>? configure = null)
    {
        services.AddOptions<PageOptions>().Configure(configure ?? (static _ => { }));
        services.AddSingleton<IValidateOptions<PageOptions>, PageOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(PageEngines.None);
        services.TryAddSingleton(PageAnalyses.None);
        services.TryAddSingleton(_ => new ProviderGate());
        services.AddSingleton<OcrPool>();
        services.AddSingleton<PageReader>();
        services.AddSingleton<StandInFonts>();
        services.AddSingleton<PageAnalyst>();
        services.AddSingleton<OpenFile>();
        services.AddSingleton<RecognizePage>();
        return services;
    }
}
