using System.Globalization;
using DocPipeline.Providers;

namespace DocPipeline.Tests.Providers;

/// <summary>The README's table of services shows what the price file says.</summary>
public sealed class PriceTableTests
{
    private static readonly string[] Readme = File.ReadAllLines(Path.Combine(Root(), "README.md"));

    [Fact]
    public void Every_price_is_in_the_readme_and_the_readme_has_no_other()
    {
        var shipped = PriceList.Shipped.Prices.GroupBy(price => (price.Provider, price.Model)).Select(model => $"`{model.Key.Provider}` {model.Key.Model} | {Text([.. model])} | {Trust([.. model])}");
        var shown = Readme.Where(line => line.StartsWith("| `", StringComparison.Ordinal) && PriceList.Shipped.Prices.Any(price => line.StartsWith($"| `{price.Provider}` {price.Model.Split(' ')[0]}", StringComparison.Ordinal)))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => $"{cells[0]} | {cells[2]} | {cells[3]}");

        Assert.Equal(shipped.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    private static string Text(IReadOnlyList<Price> prices)
    {
        var newest = prices.GroupBy(price => price.Unit).ToDictionary(unit => unit.Key, unit => unit.MaxBy(price => price.From)!.Usd);
        string Million(string unit) => newest.TryGetValue(unit, out var usd) ? (usd * 1_000_000).ToString("0.00##", CultureInfo.InvariantCulture) : "unknown";
        return newest.TryGetValue(ProviderUnits.Page, out var page) ? $"{page:0.####} a page"
            : newest.TryGetValue(ProviderUnits.HundredCharacters, out var hundred) ? $"{hundred:0.####} for 100 characters"
            : $"{Million(ProviderUnits.InputToken)} in, {Million(ProviderUnits.OutputToken)} out for a million tokens";
    }

    private static string Trust(IReadOnlyList<Price> prices) => prices.Where(price => price.Unit != ProviderUnits.CachedInputToken).MaxBy(price => price.Trust)!.Trust;

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "DocPipeline.sln")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException("No DocPipeline.sln above the tests.");
        }

        return directory.FullName;
    }
}
