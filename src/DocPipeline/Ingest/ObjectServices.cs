using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DocPipeline.Ingest;

public static class ObjectServices
{
    /// <summary>What takes objects of buckets in, whoever tells of them, and lists them; each <see cref="IObjectBucket"/> is added by its adapter.</summary>
    public static IServiceCollection AddObjectIntake(this IServiceCollection services, IntakeOptions options, ObjectReconcilerOptions listing) => services
        .AddSingleton(listing)
        .AddSingleton<BucketListings>()
        .AddSingleton(provider => new ObjectIntake(provider.GetRequiredService<SubmissionIntake>(), options, provider.GetRequiredService<ILogger<ObjectIntake>>()))
        .AddSingleton<DeliveryDoor>();
}
