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
        var word = pages[1].Words.First(word => word.Text == "HX-204417");
        Assert.InRange(word.Box.X0, 0.2, 0.4);
        Assert.InRange(word.Box.CentreY, 0.07, 0.1);
        Assert.Empty(bench.Pool.ProcessIds);
    }

    [Theory]
    [InlineData("png", "-png -r 150")]
    [InlineData("jpeg", "-jpeg -r 150")]
    public async Task A_picture_is_recognised(string format, string how)
    {
        await using var bench = new PageBench();
        var content = await bench.AddAsync(Rendered.Picture(how));

        var opened = await bench.Reader.OpenAsync(content, TestContext.Current.CancellationToken);
        var page = Assert.Single(await bench.ReadAsync(content));

        Assert.Equal(format, opened.Format);
        Assert.Equal([1], opened.PagesToRecognize);
        Assert.Equal(PageSources.Tesseract, page.Source);
        var word = page.Words.First(word => word.Text == "HX-204417");
        Assert.InRange(word.Box.X0, 0.2, 0.4);
        Assert.InRange(word.Box.CentreY, 0.07, 0.1);
        Assert.InRange(word.Confidence, 0.7, 1);
    }
}
