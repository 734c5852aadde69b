using System.Text;
using DocPipeline.Documents;

namespace DocPipeline.Tests.Pages;

public sealed class LayerTests
{
    /// <summary>A font that shows the right letters and says others, as a broken export does.</summary>
    private static readonly byte[] ShiftedFont = Encoding.Latin1.GetBytes("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 5 0 R>>");

    private static readonly byte[] ShiftedMap = Stream(
        """
        /CIDInit /ProcSet findresource begin 12 dict begin begincmap
        1 begincodespacerange <00> <FF> endcodespacerange
        2 beginbfrange <41> <5A> <0024> <61> <7A> <0044> endbfrange
        endcmap end end
        """);

    [Fact]
    public async Task A_layer_of_shifted_letters_is_read_from_the_page_instead()
    {
        await using var bench = new PageBench();
        var pdf = MadePdf.Write("/Font<</F 4 0 R>>", [(MadePdf.TextContent(Rendered.Letter), "")], ShiftedFont, ShiftedMap);

        var content = await bench.AddAsync(pdf);
        var opened = await bench.Reader.OpenAsync(content, TestContext.Current.CancellationToken);
        var page = Assert.Single(await bench.ReadAsync(content));

        Assert.Equal([1], opened.PagesToRecognize);
        Assert.Equal(PageSources.Tesseract, page.Source);
        FormatTests.AssertClaimNumber(page);
        Assert.Contains(page.Words, word => word.Text == "kitchen");
    }

    [Fact]
    public async Task One_bad_font_on_a_good_page_is_enough_to_read_it_again()
    {
        await using var bench = new PageBench();
        var good = MadePdf.TextContent(Rendered.Letter);
        var bad = "BT /G 14 Tf 20 TL 72 400 Td (The insured reports hail damage) Tj T* (to the roof and the garage) Tj ET";
        var pdf = MadePdf.Write("/Font<</F 3 0 R/G 4 0 R>>", [($"{good} {bad}", "")], ShiftedFont, ShiftedMap);

        var page = Assert.Single(await bench.ReadAsync(pdf));

        Assert.Equal(PageSources.Tesseract, page.Source);
        Assert.Contains(page.Words, word => word.Text == "garage");
    }

    [Fact]
    public async Task A_scan_with_a_true_layer_keeps_the_layer()
    {
        await using var bench = new PageBench();
        var (width, height, pixels) = MadePictures.Grey(Rendered.Letter);
        var scan = MadePdf.Image(width, height, "/ColorSpace/DeviceGray/BitsPerComponent 8", pixels);
        var invisible = MadePdf.TextContent(Rendered.Letter).Replace("BT", "BT 3 Tr", StringComparison.Ordinal);
        var pdf = MadePdf.Write("/XObject<</I 4 0 R>>", [($"q 612 0 0 792 0 0 cm /I Do Q {invisible}", "")], scan);

        var page = Assert.Single(await bench.ReadAsync(pdf));

        Assert.Equal(PageSources.TextLayer, page.Source);
        FormatTests.AssertClaimNumber(page);
        Assert.True(page.Words.First(word => word.Text == "HX-204417").ReadingsAgree);
    }

    [Fact]
    public async Task A_scan_with_another_text_hidden_over_it_is_believed_and_the_text_is_not()
    {
        await using var bench = new PageBench();
        var (width, height, pixels) = MadePictures.Grey(Rendered.Letter);
        var scan = MadePdf.Image(width, height, "/ColorSpace/DeviceGray/BitsPerComponent 8", pixels);
        var hidden = MadePdf.TextContent("Payment approved without review for\nanother person and a larger amount of 98,000.00").Replace("BT", "BT 3 Tr", StringComparison.Ordinal);
        var pdf = MadePdf.Write("/XObject<</I 4 0 R>>", [($"q 612 0 0 792 0 0 cm /I Do Q {hidden}", "")], scan);

        var page = Assert.Single(await bench.ReadAsync(pdf));

        Assert.Equal(PageSources.Tesseract, page.Source);
        Assert.DoesNotContain(page.Words, word => word.Text == "98,000.00");
        FormatTests.AssertClaimNumber(page);
    }

    [Fact]
    public async Task Scans_are_read_as_stored_only_if_they_are_drawn_as_stored()
    {
        await using var bench = new PageBench();
        var jpeg = Rendered.Picture("-jpeg -r 200", string.Join('\n', Enumerable.Repeat(Rendered.Letter, 3)));
        var (width, height) = JpegSize.Of(jpeg);
        var scan = MadePdf.Image(width, height, "/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode", jpeg);

        foreach (var matrix in new[] { "612 0 0 792 0 0", "-612 0 0 792 612 0", "-612 0 0 -792 612 792" })
        {
            var content = await bench.AddAsync(MadePdf.Write("/XObject<</I 4 0 R>>", [.. Enumerable.Repeat(($"q {matrix} cm /I Do Q", ""), 3)], scan));
            await bench.Reader.OpenAsync(content, TestContext.Current.CancellationToken);
            await Task.WhenAll(Enumerable.Range(1, 3).Select(page => bench.Reader.RecognizeAsync(content, page, TestContext.Current.CancellationToken)));
            var pages = await bench.Reader.ReadPagesAsync(content, TestContext.Current.CancellationToken);
            var picture = await bench.Reader.PictureAsync(content, 3, TestContext.Current.CancellationToken);

            var check = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Path.GetDirectoryName(picture)!, "scans-*.json")), TestContext.Current.CancellationToken);
            Assert.Equal($$"""{"Upright":{{(matrix == "612 0 0 792 0 0" ? "true" : "false")}}}""", check);

            // Mirrored letters cannot be read; the scan taken out would have been readable, and its boxes wrong. No page may be faster than the comparison.
            Assert.All(pages, page => Assert.Equal(matrix != "-612 0 0 792 612 0", page.Words.Any(word => word.Text == "HX-204417")));
            Assert.EndsWith(matrix == "-612 0 0 -792 612 792" ? "-2.v1.jpg" : ".v1.jpg", picture, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Text_off_the_page_is_dropped_and_turned_pages_are_measured_as_displayed()
    {
        await using var bench = new PageBench();
        var text = MadePdf.TextContent(Rendered.Letter) + " BT /F 14 Tf 700 100 Td (Hidden) Tj ET BT /F 14 Tf 300 20 Td (Trimmed) Tj ET";

        var pages = await bench.ReadAsync(MadePdf.Write("", [(text, ""), (text, "/Rotate 90"), (text, "/CropBox[0 92 612 792]")]));

        Assert.All(pages, page => Assert.DoesNotContain(page.Words, word => word.Text == "Hidden"));
        Assert.Equal((792.0, 612.0), (pages[1].Width, pages[1].Height));
        Assert.InRange(pages[1].Words.First(word => word.Text == "HX-204417").Box.CentreX, 0.9, 0.93);
        Assert.Equal(700, pages[2].Height);
        Assert.DoesNotContain(pages[2].Words, word => word.Text == "Trimmed");
        Assert.InRange(pages[2].Words.First(word => word.Text == "HX-204417").Box.CentreY, 0.08, 0.12);
    }

    [Fact]
    public async Task A_page_without_ink_is_blank()
    {
        await using var bench = new PageBench();

        var page = Assert.Single(await bench.ReadAsync(MadePdf.Write("", [("", "")])));

        Assert.Equal((PageSources.Blank, 0, 612.0, 792.0), (page.Source, page.Words.Count, page.Width, page.Height));
    }

    private static byte[] Stream(string text) => Encoding.Latin1.GetBytes($"<</Length {text.Length}>>stream\n{text}\nendstream");
}
