using System.Text;

namespace DocPipeline.Tests.Pages;

/// <summary>PDF files that name fonts and do not bring them.</summary>
public sealed class FontTests
{
    [Fact]
    public async Task A_tick_is_drawn_though_the_file_does_not_bring_the_font_of_ticks()
    {
        var ticked = await DrawAsync("ZapfDingbats", "4");
        var empty = await DrawAsync("ZapfDingbats", " ");

        // Nothing is smaller than the picture of an empty page; the edges of a large tick take room.
        Assert.InRange(ticked.Length - empty.Length, 1000, 100_000);
    }

    [Theory]
    [InlineData("Helvetica", "ArialMT")]
    [InlineData("Times-Roman", "TimesNewRomanPSMT")]
    [InlineData("Courier", "CourierNewPSMT")]
    public async Task One_typeface_stands_in_for_every_name_of_the_same(string name, string other) =>
        Assert.Equal(await DrawAsync(name, "Claim 20441"), await DrawAsync(other, "Claim 20441"));

    [Fact]
    public async Task What_looks_different_is_drawn_with_different_letters()
    {
        string[] names = ["Helvetica", "Helvetica-Bold", "Times-Roman", "Times-Italic", "Courier"];

        var pictures = await Task.WhenAll(names.Select(name => DrawAsync(name, "Claim 20441")));

        Assert.Equal(names.Length, pictures.Select(Convert.ToBase64String).Distinct(StringComparer.Ordinal).Count());
    }

    private static async Task<byte[]> DrawAsync(string font, string text)
    {
        await using var bench = new PageBench();
        var type = font.EndsWith("MT", StringComparison.Ordinal) ? "TrueType" : "Type1";
        var content = await bench.AddAsync(MadePdf.Write("/Font<</T 4 0 R>>", [($"BT /T 90 Tf 72 500 Td ({text}) Tj ET", "")], Encoding.ASCII.GetBytes($"<</Type/Font/Subtype/{type}/BaseFont/{font}>>")));
        await bench.Reader.OpenAsync(content, TestContext.Current.CancellationToken);
        return await File.ReadAllBytesAsync(await bench.Reader.PictureAsync(content, 1, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
    }
}
