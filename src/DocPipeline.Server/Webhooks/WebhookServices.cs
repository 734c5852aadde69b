using DocPipeline.Server.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace DocPipeline.Server.Webhooks;

internal static class WebhookServices
{
    /// <summary>The publisher of changes and their delivery.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services, ServerSettings settings) => services
        .AddSingleton(WebhookOptions.Of(settings))
        .AddSingleton(AddressGuard.Of(settings.WebhookNetworks))
        .AddSingleton(provider => new WebhookSender(provider.GetRequiredService<AddressGuard>(), provider.GetRequiredService<WebhookOptions>().Timeout, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<WebhookQueue>()
        .AddSingleton<WebhookRegistry>()
        .AddHostedService<PublishChanges>()
        .AddHostedService<DeliverWebhooks>();
}
