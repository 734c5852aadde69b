using DocPipeline.Documents;
using DocPipeline.Pages.Cascade;
using DocPipeline.Providers;
using DocPipeline.Workflow;

namespace DocPipeline.Tests.Pages;

/// <summary>Services that are asked before our own reader: whatever they do, the page is read, and it says by whom and why.</summary>
public sealed class CascadeTests
{
    private const string Text = "Claim Number: ZZ-100\nTotal Amount: 12.50";

    private static readonly byte[] Scan = Rendered.Picture("-png -r 150");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string> Failures { get; } = ["throttled", "no credentials", "budget", "bad reply", "a bug"];

    [Fact]
    public async Task A_service_that_reads_the_page_is_its_source_and_our_own_reader_rests()
    {
        var service = ScriptedEngine.Reading("textract", Text);
        await using var bench = new PageBench(services: [service]);

        var page = Assert.Single(await bench.ReadAsync(Scan));

        Assert.Equal("textract", page.Source);
        Assert.Null(page.Skipped);
        Assert.Equal(Text.Split(' ', '\n'), page.Words.Select(word => word.Text));
        Assert.InRange(page.Height / page.Width, 1.28, 1.31);
        Assert.Single(service.Seen);
        Assert.Empty(Directory.EnumerateFiles(bench.Folder, "page-1.v2.json", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_is_sent_is_a_picture_of_our_own_making_and_never_the_file()
    {
        var service = ScriptedEngine.Reading("textract", Text);
        await using var bench = new PageBench(services: [service]);

        await bench.ReadAsync(Scan);

        var sent = Assert.Single(service.Seen);
        Assert.Equal("image/jpeg", sent.MediaType);
        Assert.Equal([0xFF, 0xD8, 0xFF], sent.Bytes[..3].ToArray());
        Assert.InRange(sent.Bytes.Length, 10_000, 4_000_000);
        Assert.NotEqual(Scan, sent.Bytes.ToArray());
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_service_that_fails_is_named_with_the_reason_and_the_next_one_reads(string how)
    {
        Exception failure = how switch
        {
            "throttled" => new TransientFailure(how),
            "no credentials" => new ProviderRefusal(RefusalKind.NotAllowed, "textract", how),
            "budget" => new ProviderRefusal(RefusalKind.QuotaExhausted, "textract", how),
            "bad reply" => new ProviderRefusal(RefusalKind.BadReply, "textract", how),
            _ => new InvalidOperationException("words of the document"),
        };
        await using var bench = new PageBench(services: [ScriptedEngine.Failing("textract", failure), ScriptedEngine.Reading("document-intelligence", Text)]);

        var page = Assert.Single(await bench.ReadAsync(Scan));

        Assert.Equal("document-intelligence", page.Source);
        var reason = how == "a bug" ? "It failed unexpectedly (InvalidOperationException): see the log." : how;
        Assert.Equal([new SkippedReader("textract", reason)], page.Skipped!);
    }

    [Fact]
    public async Task When_all_services_fail_our_own_reader_reads_as_it_would_alone()
    {
        await using var alone = new PageBench();
        await using var bench = new PageBench(services: [ScriptedEngine.Failing("textract", new TransientFailure("down")), ScriptedEngine.Reading("document-intelligence", "")]);

        var page = Assert.Single(await bench.ReadAsync(Scan));

        var expected = Assert.Single(await alone.ReadAsync(Scan));
        Assert.Equal(expected.Words, page.Words);
        Assert.Equal((expected.Source, expected.Width, expected.Height), (page.Source, page.Width, page.Height));
        Assert.Equal([new("textract", "down"), new SkippedReader("document-intelligence", "It saw no words.")], page.Skipped!);
    }

    [Fact]
    public async Task That_nobody_sees_anything_on_an_empty_page_needs_no_explanation()
    {
        await using var bench = new PageBench(services: [ScriptedEngine.Reading("textract", "")]);

        var page = Assert.Single(await bench.ReadAsync(Rendered.Picture("-png -r 100", "")));

        Assert.Equal(PageSources.Blank, page.Source);
        Assert.Null(page.Skipped);
    }

    [Fact]
    public async Task A_broken_file_is_the_documents_fault_and_no_service_sees_it()
    {
        var service = ScriptedEngine.Reading("textract", Text);
        await using var bench = new PageBench(services: [service]);

        var fault = await bench.FaultAsync(Scan[..(Scan.Length / 3)]);

        Assert.Equal(FaultCodes.Corrupt, fault.Code);
        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task Who_gives_up_is_not_answered_by_another_reader()
    {
        using var caller = new CancellationTokenSource();
        var service = new ScriptedEngine("textract", _ =>
        {
            caller.Cancel();
            throw new OperationCanceledException(caller.Token);
        });
        await using var bench = new PageBench(services: [service]);
        var content = await bench.AddAsync(Scan);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Reader.RecognizeAsync(content, 1, caller.Token));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Words_of_a_page_that_lies_on_its_side_are_boxed_as_on_the_upright_page(int turns)
    {
        // What needs so many turns clockwise was turned as often the other way.
        var upright = ScriptedEngine.Upright(Text);
        var lying = upright.Select(word => word with { Box = Upright.Turn(word.Box, 4 - turns) }).ToList();
        await using var bench = new PageBench(services: [new ScriptedEngine("textract", _ => lying)]);

        var content = await bench.AddAsync(Scan);
        var page = Assert.Single(await bench.ReadAsync(content));

        Assert.Equal(upright.Select(word => word.Text), page.Words.Select(word => word.Text));
        foreach (var (word, read) in upright.Zip(page.Words))
        {
            Assert.Equal(0, Math.Abs(word.Box.X0 - read.Box.X0) + Math.Abs(word.Box.Y0 - read.Box.Y0) + Math.Abs(word.Box.X1 - read.Box.X1) + Math.Abs(word.Box.Y1 - read.Box.Y1), 9);
        }

        var picture = JpegSize.Of(await File.ReadAllBytesAsync(await bench.Reader.PictureAsync(content, 1, Cancelled), Cancelled));
        Assert.Equal(turns % 2 == 1, picture.Width > picture.Height);
        Assert.Equal(turns % 2 == 1, page.Width > page.Height);
    }

    [Fact]
    public async Task A_scan_with_a_true_layer_keeps_the_layer_and_takes_from_the_service_what_it_lacks()
    {
        var (width, height, pixels) = MadePictures.Grey(Rendered.Letter);
        var scan = MadePdf.Image(width, height, "/ColorSpace/DeviceGray/BitsPerComponent 8", pixels);
        var invisible = MadePdf.TextContent(Rendered.Letter).Replace("BT", "BT 3 Tr", StringComparison.Ordinal);
        var pdf = MadePdf.Write("/XObject<</I 4 0 R>>", [($"q 612 0 0 792 0 0 cm /I Do Q {invisible}", "")], scan);
        var service = new ScriptedEngine("textract", _ => [.. ScriptedEngine.Upright(Rendered.Letter), new Word("STAMPED", new Box(0.4, 0.9, 0.6, 0.95), 0.9)]);
        await using var bench = new PageBench(services: [service]);

        var page = Assert.Single(await bench.ReadAsync(pdf));

        Assert.Equal(PageSources.TextLayer, page.Source);
        Assert.Contains(page.Words, word => word.Text == "STAMPED");
    }

    [Fact]
    public async Task Other_readers_in_the_settings_read_anew_and_take_no_reading_for_anothers()
    {
        await using var own = new PageBench();
        var content = await own.AddAsync(Scan);
        await own.ReadAsync(content);
        var service = ScriptedEngine.Reading("textract", Text);
        await using var cascade = new PageBench(services: [service], folder: own.Folder);

        var page = Assert.Single(await cascade.ReadAsync(content));

        Assert.Equal("textract", page.Source);
        Assert.Equal(PageSources.Tesseract, Assert.Single(await own.ReadAsync(content)).Source);
        await cascade.ReadAsync(content);
        Assert.Single(service.Seen);
    }

    [Fact]
    public async Task A_page_that_was_read_before_the_settings_changed_is_still_there_for_the_next_step()
    {
        await using var cascade = new PageBench(services: [ScriptedEngine.Reading("textract", Text)]);
        var content = await cascade.AddAsync(Scan);
        await cascade.ReadAsync(content);
        await using var own = new PageBench(folder: cascade.Folder);

        var page = Assert.Single(await own.Reader.ReadPagesAsync(content, Cancelled));

        Assert.Equal("textract", page.Source);
    }
}
