using DocPipeline.Azure.Buckets;
using DocPipeline.Azure.Events;
using DocPipeline.Ingest;
using Microsoft.Extensions.DependencyInjection;

namespace DocPipeline.Azure;

public static class AzureServices
{
    /// <summary>A container of Blob Storage, and the door where Event Grid tells what was put there.</summary>
    /// <param name="container">Null: none; then the door knows no container.</param>
    public static IServiceCollection AddBlobs(this IServiceCollection services, BlobContainerOptions? container)
    {
        if (container is not null)
        {
            services
                .AddSingleton(provider => new BlobContainer(container, provider.GetRequiredService<TimeProvider>()))
                .AddSingleton<IObjectBucket>(provider => provider.GetRequiredService<BlobContainer>());
        }

        return services.AddSingleton(provider => new EventGridDoor(provider.GetRequiredService<DeliveryDoor>(), provider.GetService<BlobContainer>()?.Account ?? ""));
    }
}
