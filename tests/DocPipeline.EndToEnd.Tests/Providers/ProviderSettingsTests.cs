using DocPipeline.Server.Cli;
using DocPipeline.Server.Compare;
using DocPipeline.Server.Hosting;
using DocPipeline.Server.Providers;
using Microsoft.Extensions.Configuration;

namespace DocPipeline.EndToEnd.Tests.Providers;

public sealed class ProviderSettingsTests
{
    [Theory]
    [InlineData("tesseract", "")]
    [InlineData("textract", "textract")]
    [InlineData("textract, document-intelligence ,tesseract", "textract document-intelligence")]
    public void Readers_OurOwnIsLastNamedOrNot(string text, string services) => Assert.Equal(services, string.Join(' ', ReaderNames.ServicesOf(Read(("READERS", text)).Readers)));

    [Fact]
    public void Limits_AreOfOneProvider()
    {
        var limits = LimitsOfProviders.Of(Read(("PROVIDER_LIMITS", "textract=0.5/3/45.5, anthropic=2/2/90/15")).ProviderLimits);

        Assert.Equal((0.5, 3, TimeSpan.FromSeconds(45.5)), (limits["textract"].PerSecond, limits["textract"].AtOnce, limits["textract"].Deadline));
        Assert.Null(limits["textract"].HedgeAfter);
        Assert.Equal(TimeSpan.FromSeconds(15), limits["anthropic"].HedgeAfter);
        Assert.Equal(2, limits.Count);
    }

    [Theory]
    [InlineData("READERS", "tesseract,textract")]
    [InlineData("READERS", "textract,textract")]
    [InlineData("READERS", "somebody")]
    [InlineData("PROVIDER_LIMITS", "textract=10")]
    [InlineData("PROVIDER_LIMITS", "textract=0/1/1")]
    [InlineData("PROVIDER_LIMITS", "textract=1/0/1")]
    [InlineData("PROVIDER_LIMITS", "textract=1/1/100000")]
    [InlineData("PROVIDER_LIMITS", "textract=1/1/1,textract=1/1/1")]
    [InlineData("PROVIDER_LIMITS", "textract=1/1/10/10")]
    [InlineData("PROVIDER_LIMITS", "textract=1/1/10/")]
    [InlineData("PROVIDER_LIMITS", "textract=1/1/10/5/5")]
    [InlineData("BUDGET_DAY_USD", "-1")]
    [InlineData("TEXTRACT_ENDPOINT", "http://")]
    [InlineData("COMPARE_WITH", "NO_SUCH_SETTING=1")]
    [InlineData("COMPARE_WITH", "READERS")]
    [InlineData("COMPARE_WITH", "DOCUMENT_INTELLIGENCE_KEY=1")]
    [InlineData("COMPARE_SHARE", "2")]
    [InlineData("WITNESSES", "somebody")]
    [InlineData("WITNESSES", "textract-forms,textract-forms")]
    [InlineData("WITNESSES", "textract-forms=no_such_type")]
    [InlineData("WITNESSES", "textract-forms=not_a_claim")]
    public void Mistakes_AreReportedWithTheName(string name, string value)
    {
        var failure = Assert.Throws<CommandFailure>(() => Read((name, value)));

        Assert.Contains($"DOCPIPELINE_{name} ", Assert.Single(failure.WhatToDo), StringComparison.Ordinal);
    }

    [Fact]
    public void Challenger_IsTheLiveSettingsButForWhatIsNamed()
    {
        Assert.Null(Challenger.Of(Read(("COMPARE_WITH", "READERS=textract"))));
        Assert.Null(Challenger.Of(Read(("COMPARE_SHARE", "0.5"))));

        var challenger = Challenger.Of(Read(("COMPARE_WITH", "READERS=textract,tesseract; SECOND_READING=false"), ("COMPARE_SHARE", "0.5")))!;

        Assert.Equal(("textract,tesseract", false), (challenger.Settings.Readers, challenger.Settings.SecondReading));
    }

    [Fact]
    public void Prices_OfAFileThatIsNone_AreRefusedWithItsName()
    {
        var failure = Assert.Throws<CommandFailure>(() => ProviderServices.PricesOf(Read(("PRICES", "/nowhere/prices.json"))));

        Assert.Contains("DOCPIPELINE_PRICES", failure.Message, StringComparison.Ordinal);
        Assert.Same(DocPipeline.Providers.PriceList.Shipped, ProviderServices.PricesOf(Read()));
    }

    private static ServerSettings Read(params (string Name, string Value)[] settings) =>
        ServerSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build());
}
