using DocPipeline.Pages;
using DocPipeline.Providers;
using DocPipeline.Server.Cli;
using DocPipeline.Server.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DocPipeline.Server.Providers;

/// <summary>The services of the settings, what stands before them, and what they cost. None are made where none are named: nothing then reaches out.</summary>
internal static class ProviderServices
{
    /// <summary>The ledger in the database. Comes before <see cref="AddProviders"/>, whose own forgets everything.</summary>
    public static IServiceCollection AddCallLedger(this IServiceCollection services) => services.AddSingleton<ICallLedger>(provider => new PostgresCallLedger(
        provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<PriceList>(), provider.GetRequiredService<Budget>(), provider.GetRequiredService<TimeProvider>()));

    public static IServiceCollection AddProviders(this IServiceCollection services, ServerSettings settings)
    {
        services.TryAddSingleton<ICallLedger>(provider => new MemoryCallLedger(
            provider.GetRequiredService<PriceList>(), provider.GetRequiredService<Budget>(), provider.GetRequiredService<TimeProvider>()));
        return services
            .AddSingleton(_ => PricesOf(settings))
            .AddSingleton(BudgetOf(settings))
            .AddSingleton(provider => new ProviderGate(
                LimitsOf(settings), provider.GetRequiredService<ICallLedger>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(provider => new PageEngines(Made(Named(settings, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()).Select(service => service.Make))))
            .AddSingleton(provider => new PageAnalyses(Made(WitnessServices.Named(settings, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()).Select(witness => witness.Make))));
    }

    /// <summary>Of a provider by its name.</summary>
    public static Func<string, ProviderLimits> LimitsOf(ServerSettings settings)
    {
        var limits = LimitsOfProviders.Of(settings.ProviderLimits);
        // An answer may take as long as the settings say; the gate must not end it before.
        var ofModels = ProviderLimits.Default with { Deadline = TimeSpan.FromSeconds(Math.Max(ProviderLimits.Default.Deadline.TotalSeconds, settings.LlmSeconds + 5)) };
        return name => limits.GetValueOrDefault(name, name == settings.Llm ? ofModels : ProviderLimits.Default);
    }

    public static Budget BudgetOf(ServerSettings settings) => new() { UsdPerDocument = settings.BudgetDocumentUsd, UsdPerDay = settings.BudgetDayUsd, UsdForUnpriced = settings.BudgetUnpricedUsd };

    /// <exception cref="CommandFailure">The file that is named is not there or is no price list.</exception>
    public static PriceList PricesOf(ServerSettings settings)
    {
        try
        {
            return settings.Prices is null ? PriceList.Shipped : PriceList.Parse(File.ReadAllText(settings.Prices));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new CommandFailure(ExitCodes.Environment, $"{ServerSettings.Prefix}PRICES: {exception.Message}", "Its form is that of src/DocPipeline/Providers/prices.json.");
        }
    }

    /// <exception cref="CommandFailure">Settings of a service do not fit together.</exception>
    private static IReadOnlyList<T> Made<T>(IEnumerable<Func<T>> makers)
    {
        try
        {
            return [.. makers.Select(make => make())];
        }
        catch (ProviderRefusal refusal)
        {
            throw new CommandFailure(ExitCodes.Environment, refusal.Message, "How each service is switched on: README.md, Services. What works: ./run doctor");
        }
    }

    /// <summary>Every service that the settings name, and what makes its adapter; that throws a <see cref="ProviderRefusal"/> where settings do not fit together.</summary>
    public static IEnumerable<(string Name, Func<IPageEngine> Make)> Named(ServerSettings settings, TimeProvider time, ILoggerFactory logs) =>
        ReaderNames.ServicesOf(settings.Readers).Select(name => (name, (Func<IPageEngine>)(() => Make(name, settings, time, logs))));

    private static IPageEngine Make(string name, ServerSettings settings, TimeProvider time, ILoggerFactory logs) => name switch
    {
        ReaderNames.Textract => PageServices.Textract(settings, time),
        ReaderNames.DocumentIntelligence => PageServices.DocumentIntelligence(settings, time, logs, settings.DocumentIntelligenceModel),
        _ => throw new ProviderRefusal(RefusalKind.Misconfigured, name, $"This build does not contain {name}."),
    };
}
