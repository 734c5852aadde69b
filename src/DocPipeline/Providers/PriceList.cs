using System.Text.Json;
using DocPipeline.Postgres;

namespace DocPipeline.Providers;

/// <summary>US dollars for what calls consume, by provider, model, unit and day.</summary>
public sealed class PriceList
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private PriceList(string version, IReadOnlyList<Price> prices) => (Version, Prices) = (version, prices);

    /// <summary>The file that belongs to this version of the program.</summary>
    public static PriceList Shipped { get; } = Parse(new EmbeddedText(typeof(PriceList).Assembly)["Providers/prices.json"]);

    /// <summary>Stored with every call.</summary>
    public string Version { get; }

    public IReadOnlyList<Price> Prices { get; }

    /// <exception cref="InvalidDataException">It is no price list; the message says what is wrong.</exception>
    public static PriceList Parse(string text)
    {
        PriceFile? file;
        try
        {
            file = JsonSerializer.Deserialize<PriceFile>(text, Json);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The price file is no JSON of the expected form: {exception.Message}", exception);
        }

        if (file is not { Version.Length: > 0, Prices: not null })
        {
            throw new InvalidDataException("The price file needs a \"version\" and a list \"prices\".");
        }

        return file.Prices.FirstOrDefault(price => price is not { Provider.Length: > 0, Model: not null, Unit.Length: > 0, Source.Length: > 0, Trust: "P" or "S" or "U", Usd: >= 0 }) is { } wrong
            ? throw new InvalidDataException($"A price needs provider, model, unit, usd (not negative), from, source and trust (P, S or U): {wrong}.")
            : new(file.Version, file.Prices);
    }

    /// <summary>What a usage costs on a day.</summary>
    /// <param name="usage">Null: nothing was consumed.</param>
    public Cost Of(ProviderUsage? usage, DateOnly day)
    {
        var (usd, isPriced) = (0m, true);
        foreach (var (unit, amount) in usage?.Units ?? new Dictionary<string, decimal>())
        {
            if (Find(usage!.Provider, usage.Model, unit, day) is { } price)
            {
                usd += price.Usd * amount;
            }
            else if (amount > 0)
            {
                isPriced = false;
            }
        }

        return new(usd, isPriced);
    }

    /// <summary>The price that holds: of the longest name that the model begins with the newest that is not of the future. Null where none is known.</summary>
    public Price? Find(string provider, string model, string unit, DateOnly day) => Prices
        .Where(price => price.Provider == provider && price.Unit == unit && price.From <= day && Names(price.Model, model))
        .OrderByDescending(price => price.Model.Length)
        .ThenByDescending(price => price.From)
        .FirstOrDefault();

    /// <summary>A name ends where the model's does, or before its version: <c>claude-haiku-5-5</c> is also <c>claude-haiku-5-5-20261001</c>.</summary>
    private static bool Names(string name, string model) =>
        model.StartsWith(name, StringComparison.Ordinal) && (model.Length == name.Length || model[name.Length] is '-' or '@' or ':');

    private sealed record PriceFile(string? Version, IReadOnlyList<Price>? Prices);
}

/// <param name="Model">Operation or model, without its version.</param>
/// <param name="Unit">One of <see cref="ProviderUnits"/>.</param>
/// <param name="Usd">For one unit.</param>
/// <param name="From">First day on which it holds.</param>
/// <param name="Source">Where it was read.</param>
/// <param name="Trust">P: the provider's own documentation; S: somebody else's; U: unverified.</param>
public sealed record Price(string Provider, string Model, string Unit, decimal Usd, DateOnly From, string Source, string Trust);

/// <param name="Usd">As far as prices are known.</param>
/// <param name="IsPriced">Every unit had a price.</param>
public readonly record struct Cost(decimal Usd, bool IsPriced);
