using DocPipeline.Durable.Operating;
using DocPipeline.Workflow;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DocPipeline.Durable;

/// <summary>Puts the engine into a host.</summary>
public static class DurableHosting
{
    /// <summary>
    /// Adds the engine as a hosted service, with <see cref="IWorkflowClient"/> and <see cref="DurableOperator"/>.
    /// The host's shutdown time-out must be longer than <see cref="DurableOptions.ShutdownTimeout"/>.
    /// </summary>
    public static IServiceCollection AddDurableEngine(
        this IServiceCollection services,
        Func<IServiceProvider, NpgsqlDataSource> worker,
        Func<IServiceProvider, DurableOptions> options,
        Action<IServiceProvider, DurableBuilder> register)
    {
        services.AddSingleton(provider =>
        {
            var builder = new DurableBuilder();
            register(provider, builder);
            return new DurableEngine(worker(provider), builder, options(provider), provider.GetRequiredService<ILogger<DurableEngine>>());
        });
        services.AddHostedService(provider => provider.GetRequiredService<DurableEngine>());
        services.AddSingleton(provider => provider.GetRequiredService<DurableEngine>().Client);
        services.AddSingleton(provider => new DurableOperator(worker(provider), options(provider)));
        return services;
    }
}
