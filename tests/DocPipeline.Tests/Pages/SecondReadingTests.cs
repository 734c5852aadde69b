namespace DocPipeline.Tests.Pages;

public sealed class SecondReadingTests
{
    /// <summary>Where the grain begins, as a share of the page's height.</summary>
    private const double GrainFrom = 0.35;

    [Fact]
    public async Task Doubtful_lines_are_read_twice_and_their_words_say_whether_the_readings_agree()
    {
        await using var bench = new PageBench(options => options.SecondReading = true);

        var page = Assert.Single(await bench.ReadAsync(MadePictures.Tiff(Grainy())));

        Assert.Contains(page.Words, word => word.ReadingsAgree == true);
        Assert.Contains(page.Words, word => word.ReadingsAgree is not null && word.Text.Any(char.IsAsciiDigit));
        Assert.All(page.Words, word => Assert.True(word.OtherReading is null || word.ReadingsAgree == false));
        Assert.All(page.Words, word => Assert.InRange(word.Box.CentreX, 0, 1));
    }

    [Fact]
    public async Task Without_the_second_reading_every_word_is_read_once()
    {
        await using var bench = new PageBench(options => options.SecondReading = false);

        Assert.All(Assert.Single(await bench.ReadAsync(MadePictures.Tiff(Grainy()))).Words, word => Assert.Null(word.ReadingsAgree));
    }

    [Fact]
    public async Task Words_of_a_clean_page_are_not_read_again()
    {
        await using var bench = new PageBench(options => options.SecondReading = true);

        var page = Assert.Single(await bench.ReadAsync(Rendered.Picture("-png -r 300")));

        FormatTests.AssertClaimNumber(page);
        Assert.All(page.Words, word => Assert.Null(word.ReadingsAgree));
    }

    /// <summary>A letter at low resolution, its lower part with little contrast and much grain; the same in every run.</summary>
    private static (int Width, int Height, byte[] Pixels) Grainy()
    {
        var (width, height, pixels) = MadePictures.Grey(string.Join('\n', Enumerable.Repeat(Rendered.Letter, 4)), dpi: 110);
        var state = 12345u;
        for (var index = (int)(GrainFrom * height) * width; index < pixels.Length; index++)
        {
            state = (state * 1664525) + 1013904223;
            var grain = (int)(state >> 24) - 128;
            pixels[index] = (byte)Math.Clamp(110 + (pixels[index] / 3) + (grain * 2 / 5), 0, 255);
        }

        return (width, height, pixels);
    }
}
