using System.Text;
using DocPipeline.Documents;

namespace DocPipeline.Tests.Pages;

public sealed class FormatTests
{
    [Fact]
    public async Task The_text_layer_of_a_pdf_needs_no_recognition()
    {
        await using var bench = new PageBench();
        var content = await bench.AddAsync(MadePdf.OfText(Rendered.Letter, Rendered.Letter));

        var opened = await bench.Reader.OpenAsync(content, TestContext.Current.CancellationToken);
        var pages = await bench.ReadAsync(content);

        Assert.Equal(("pdf", 2), (opened.Format, opened.PageCount));
        Assert.Empty(opened.PagesToRecognize);
        Assert.Equal([1, 2], pages.Select(page => page.Number));
        Assert.All(pages, page => Assert.Equal((PageSources.TextLayer, 612.0, 792.0), (page.Source, page.Width, page.Height)));
        AssertClaimNumber(pages[1]);
        Assert.Empty(bench.Pool.ProcessIds);
    }

    public static TheoryData<string> Formats => ["png", "jpeg", "tiff", "webp", "gif", "bmp"];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_picture_of_every_format_is_recognised(string format)
    {
        await using var bench = new PageBench();
        var content = await bench.AddAsync(format switch
        {
            "tiff" => MadePictures.Tiff(MadePictures.Grey(Rendered.Letter)),
            "webp" => MadePictures.WebP(MadePictures.Grey(Rendered.Letter)),
            "gif" => MadePictures.Gif(MadePictures.Grey(Rendered.Letter)),
            "bmp" => MadePictures.Bmp(MadePictures.Grey(Rendered.Letter)),
            _ => Rendered.Picture($"-{format} -r 150"),
        });

        var opened = await bench.Reader.OpenAsync(content, TestContext.Current.CancellationToken);
        var page = Assert.Single(await bench.ReadAsync(content));

        Assert.Equal(format, opened.Format);
        Assert.Equal([1], opened.PagesToRecognize);
        Assert.Equal(PageSources.Tesseract, page.Source);
        Assert.Equal((612.0, 792.0), (Math.Round(page.Width), Math.Round(page.Height)));
        AssertClaimNumber(page);
    }

    [Fact]
    public async Task Every_page_of_a_tiff_is_read_in_order()
    {
        await using var bench = new PageBench();

        var pages = await bench.ReadAsync(MadePictures.Tiff(MadePictures.Grey("Front page of claim"), MadePictures.Grey("Second page of claim"), MadePictures.Grey("")));

        Assert.Equal(["Front", "Second"], pages.Take(2).Select(page => page.Words[0].Text));
        Assert.Equal((PageSources.Blank, 0), (pages[2].Source, pages[2].Words.Count));
    }

    [Fact]
    public async Task A_photo_is_turned_as_its_camera_says()
    {
        await using var bench = new PageBench();
        // A page that the camera stored lying on its right side, with the note to turn it by 270 degrees.
        var lying = Rendered.Picture("-jpeg -r 150", MadePdf.Write("", [(MadePdf.TextContent(Rendered.Letter), "/Rotate 90")]));

        var content = await bench.AddAsync(MadePictures.WithOrientation(lying, 8));
        var page = Assert.Single(await bench.ReadAsync(content));
        var picture = await bench.Reader.PictureAsync(content, 1, TestContext.Current.CancellationToken);

        AssertClaimNumber(page);
        Assert.EndsWith("picture-1-0.v1.jpg", picture, StringComparison.Ordinal);
        Assert.Equal((1236, 1600), JpegSize.Of(await File.ReadAllBytesAsync(picture, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_page_scanned_upside_down_or_sideways_is_turned_upright()
    {
        await using var bench = new PageBench();
        var text = string.Join('\n', Enumerable.Repeat(Rendered.Letter, 4));

        foreach (var turn in new[] { 90, 180, 270 })
        {
            var content = await bench.AddAsync(Rendered.Picture("-png -r 200", MadePdf.Write("", [(MadePdf.TextContent(text), $"/Rotate {turn}")])));
            AssertClaimNumber(Assert.Single(await bench.ReadAsync(content)));
            var picture = await bench.Reader.PictureAsync(content, 1, TestContext.Current.CancellationToken);
            Assert.Equal((1236, 1600), JpegSize.Of(await File.ReadAllBytesAsync(picture, TestContext.Current.CancellationToken)));
        }
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("latin1")]
    [InlineData("utf-16")]
    public async Task Plain_text_is_laid_out_in_lines(string encoding)
    {
        await using var bench = new PageBench();
        var encoded = Encoding.GetEncoding(encoding);
        byte[] bytes = [.. encoded.Preamble, .. encoded.GetBytes("Claim  Number: HX-204417\n\tMüller\f" + string.Join('\n', Enumerable.Range(1, 70)))];

        var content = await bench.AddAsync(bytes);
        var pages = await bench.ReadAsync(content);

        Assert.Equal([3, 66, 4], pages.Select(page => page.Words.Count).Select((count, index) => index == 0 ? count - 1 : count));
        Assert.All(pages, page => Assert.Equal(PageSources.PlainText, page.Source));
        var number = pages[0].Words[2];
        Assert.Equal(("HX-204417", 15.0 / 80, 24.0 / 80), (number.Text, Math.Round(number.Box.X0, 6), Math.Round(number.Box.X1, 6)));
        Assert.Equal(("Müller", 8.0 / 80, 1.0 / 66), (pages[0].Words[3].Text, Math.Round(pages[0].Words[3].Box.X0, 6), pages[0].Words[3].Box.Y0));
        Assert.True(File.Exists(await bench.Reader.PictureAsync(content, 2, TestContext.Current.CancellationToken)));
    }

    internal static void AssertClaimNumber(Page page)
    {
        var word = page.Words.First(word => word.Text == "HX-204417");
        Assert.InRange(word.Box.X0, 0.2, 0.4);
        Assert.InRange(word.Box.CentreY, 0.07, 0.1);
        Assert.InRange(word.Confidence, 0.7, 1);
    }
}
