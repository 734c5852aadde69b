using DocPipeline.Providers;

namespace DocPipeline.Tests.Providers;

public sealed class PriceListTests
{
    private static readonly DateOnly Day = new(2026, 6, 1);

    private static readonly PriceList Prices = PriceList.Parse("""
        {
          "version": "made up",
          "prices": [
            { "provider": "p", "model": "big", "unit": "page", "usd": 0.5, "from": "2026-01-01", "source": "a test", "trust": "U" },
            { "provider": "p", "model": "big", "unit": "page", "usd": 0.4, "from": "2026-05-01", "source": "a test", "trust": "U" },
            { "provider": "p", "model": "big", "unit": "page", "usd": 0.1, "from": "2026-06-02", "source": "a test", "trust": "U" },
            { "provider": "p", "model": "big-deal", "unit": "page", "usd": 9, "from": "2026-01-01", "source": "a test", "trust": "U" }
          ]
        }
        """);

    [Theory]
    [InlineData("big", "0.4")]
    [InlineData("big-20260101", "0.4")]
    [InlineData("big-deal-2", "9")]
    [InlineData("bigger", null)]
    public void Find_NewestOfTheLongestName(string model, string? usd) =>
        Assert.Equal(usd is null ? null : decimal.Parse(usd), Prices.Find("p", model, "page", Day)?.Usd);

    [Fact]
    public void Of_PriceUnknown_SaysSoAndCountsTheRest()
    {
        var cost = Prices.Of(new("p", "big", new Dictionary<string, decimal> { ["page"] = 2, ["input_token"] = 1 }), Day);

        Assert.Equal(new Cost(0.8m, IsPriced: false), cost);
    }

    [Fact]
    public void Of_BeforeTheFirstDay_IsUnknown() => Assert.False(Prices.Of(new("p", "big", new Dictionary<string, decimal> { ["page"] = 1 }), new DateOnly(2025, 12, 31)).IsPriced);

    [Theory]
    [InlineData("{}")]
    [InlineData("no json")]
    [InlineData("""{"version": "1", "prices": [{"provider": "p", "model": "m", "unit": "page", "usd": -1, "from": "2026-01-01", "source": "s", "trust": "P"}]}""")]
    [InlineData("""{"version": "1", "prices": [{"provider": "p", "model": "m", "unit": "page", "usd": 1, "from": "2026-01-01", "source": "s", "trust": "sure"}]}""")]
    public void Parse_NoPriceList_IsRefusedWithAReason(string text) => Assert.NotEmpty(Assert.Throws<InvalidDataException>(() => PriceList.Parse(text)).Message);

    [Fact]
    public void Shipped_EveryPriceSaysWhereItIsFrom()
    {
        Assert.NotEmpty(PriceList.Shipped.Prices);
        Assert.Equal(PriceList.Shipped.Prices.Count, PriceList.Shipped.Prices.DistinctBy(price => (price.Provider, price.Model, price.Unit, price.From)).Count());
        Assert.All(PriceList.Shipped.Prices, price => Assert.True(price.Source.Length > 5));
    }
}
