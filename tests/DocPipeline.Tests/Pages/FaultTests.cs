using System.Text;
using DocPipeline.Documents;

namespace DocPipeline.Tests.Pages;

public sealed class FaultTests
{
    private const string LockedPdf = """
        %PDF-1.4
        1 0 obj
        <</Type/Catalog/Pages 2 0 R>>
        endobj
        2 0 obj
        <</Type/Pages/Count 1/Kids[3 0 R]>>
        endobj
        3 0 obj
        <</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>
        endobj
        4 0 obj
        <</Filter/Standard/V 1/R 2/P -4/O<0000000000000000000000000000000000000000000000000000000000000000>/U<0000000000000000000000000000000000000000000000000000000000000001>>>
        endobj
        trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>
        %%EOF
        """;

    public static TheoryData<string, string> Files => new()
    {
        { "", FaultCodes.Empty },
        { "<!DOCTYPE html><html><body>Claim</body></html>", FaultCodes.UnsupportedFormat },
        { "PK\u0003\u0004 word/document.xml", FaultCodes.UnsupportedFormat },
        { "\u00D0\u00CF\u0011\u00E0 old office", FaultCodes.UnsupportedFormat },
        { "From: a@example.org\nMIME-Version: 1.0\n\nHello", FaultCodes.UnsupportedFormat },
        { "\u0000\u0001\u0002\u0003", FaultCodes.UnsupportedFormat },
        { "%PDF-1.4\n", FaultCodes.Corrupt },
        { "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\ntrailer<</Root 1 0 R>>", FaultCodes.NoPages },
        { LockedPdf, FaultCodes.Encrypted },
        { "\u0089PNG\r\n\u001A\n\0\0\0\rIHDR\0\0\u00FF\u00FF\0\0\u00FF\u00FF\u0008\0\0\0\0\0\0\0\0\0\0\0\0IDAT\0\0\0\0\0\0\0\0\0\0\0\0", FaultCodes.TooManyPixels },
        { "\u0089PNG\r\n\u001A\n", FaultCodes.Corrupt },
        { "\u00FF\u00D8\u00FF", FaultCodes.Corrupt },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_that_cannot_be_read_says_why(string latin1, string code)
    {
        await using var bench = new PageBench();

        var fault = await bench.FaultAsync(Encoding.Latin1.GetBytes(latin1));

        Assert.Equal(code, fault.Code);
        Assert.EndsWith(".", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-jpeg -r 100")]
    [InlineData("-png -r 100")]
    public async Task Half_a_picture_is_corrupt_and_not_half_a_claim(string how)
    {
        await using var bench = new PageBench();
        var whole = Rendered.Picture(how, string.Join('\n', Enumerable.Repeat(Rendered.Letter, 4)));

        var fault = await bench.FaultAsync(whole[..(whole.Length / 2)]);

        Assert.Equal(FaultCodes.Corrupt, fault.Code);
    }

    [Fact]
    public async Task Limits_of_the_options_hold()
    {
        await using var bench = new PageBench(options =>
        {
            options.MaxPages = 2;
            options.MaxPixels = 1_000_000;
            options.MaxBytes = 20_000_000;
        });

        Assert.Equal(FaultCodes.TooManyPages, (await bench.FaultAsync(MadePdf.OfText("one", "two", "three"))).Code);
        Assert.Equal(FaultCodes.TooManyPages, (await bench.FaultAsync(Encoding.ASCII.GetBytes("one\ftwo\fthree"))).Code);
        Assert.Equal(FaultCodes.TooManyPages, (await bench.FaultAsync(MadePictures.Tiff((9, 9, new byte[81]), (9, 9, new byte[81]), (9, 9, new byte[81])))).Code);
        Assert.Equal(FaultCodes.TooManyPixels, (await bench.FaultAsync(MadePictures.Tiff((1100, 1000, new byte[1_100_000])))).Code);
        Assert.Equal(FaultCodes.TooLarge, (await bench.FaultAsync(new byte[20_000_001])).Code);
    }

    [Fact]
    public async Task A_page_that_inflates_without_end_is_stopped()
    {
        await using var bench = new PageBench(options => options.ProgramDeadline = TimeSpan.FromSeconds(3));
        // Draws itself for ever: a form within a form, 2 to the power of 40 times.
        var forms = Enumerable.Range(4, 40).Select(number => Encoding.Latin1.GetBytes(
            $"<</Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</XObject<</X {number + 1} 0 R>>>>/Length 12>>stream\n/X Do /X Do \nendstream")).ToArray();

        var fault = await bench.FaultAsync(MadePdf.Write("/XObject<</X 4 0 R>>", [("/X Do", "")], forms));

        Assert.Equal(FaultCodes.TookTooLong, fault.Code);
    }
}
