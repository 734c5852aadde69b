using DocPipeline.Documents;
using DocPipeline.Pages;

namespace DocPipeline.Tests.Pages;

/// <summary>The part of a page that a model is shown is the one where the words stand, whichever way up the file has the page, and small.</summary>
public sealed class PartTests
{
    private const string Number = "HX-204417";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("pdf", 0)]
    [InlineData("png", 0)]
    [InlineData("png", 90)]
    [InlineData("png", 180)]
    [InlineData("png", 270)]
    public async Task It_shows_the_words_around_the_box_upright_and_not_those_elsewhere(string format, int turned)
    {
        await using var bench = new PageBench();
        var text = $"{string.Join('\n', Enumerable.Repeat("water damage in the kitchen after a burst pipe", 12))}\nClaim Number: {Number}\n{string.Join('\n', Enumerable.Repeat("and on the first floor of the same house", 12))}";
        var pdf = MadePdf.Write("", [(MadePdf.TextContent(text), $"/Rotate {turned}")]);
        var content = await bench.AddAsync(format == "pdf" ? pdf : Rendered.Picture("-png -r 200", pdf));
        var page = Assert.Single(await bench.ReadAsync(content));
        var box = page.Words.First(word => word.Text == Number).Box;

        var part = await bench.Reader.PartAsync(content, 1, new Box(box.X0 - 0.25, box.Y0 - 0.01, box.X1 + 0.1, box.Y1 + 0.01), Cancelled);

        Assert.Equal(("image/jpeg", (part!.Width, part.Height)), (part.MediaType, JpegSize.Of(part.Bytes.ToArray())));
        Assert.True(part.Width > 2 * part.Height, $"A line lies, this is {part.Width} x {part.Height}.");
        var seen = Assert.Single(await bench.ReadAsync(part.Bytes.ToArray())).Words.Select(word => word.Text).ToList();
        Assert.Contains(Number, seen);
        Assert.DoesNotContain("kitchen", seen);
        Assert.DoesNotContain("house", seen);
    }

    [Fact]
    public async Task A_whole_page_is_shown_in_few_pixels_and_bytes()
    {
        await using var bench = new PageBench();
        var noise = new byte[2400 * 3000];
        new Random(1).NextBytes(noise);
        var content = await bench.AddAsync(MadePictures.Tiff((2400, 3000, noise)));
        await bench.Reader.OpenAsync(content, Cancelled);

        var part = await bench.Reader.PartAsync(content, 1, new Box(0, 0, 1, 1), Cancelled);

        Assert.InRange(part!.Bytes.Length, 1000, 200_000);
        Assert.InRange(Math.Max(part.Width, part.Height), 100, 1000);
    }

    [Fact]
    public async Task Of_plain_text_there_is_nothing_to_see()
    {
        await using var bench = new PageBench();
        var content = await bench.AddAsync("Claim Number: HX-204417\n"u8.ToArray());
        await bench.ReadAsync(content);

        Assert.Null(await bench.Reader.PartAsync(content, 1, new Box(0, 0, 1, 1), Cancelled));
    }
}
