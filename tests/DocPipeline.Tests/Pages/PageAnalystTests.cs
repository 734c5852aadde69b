using DocPipeline.Documents;
using DocPipeline.Pages;
using DocPipeline.Providers;
using DocPipeline.Workflow;

namespace DocPipeline.Tests.Pages;

/// <summary>Services that are asked beside the reader: once, only about their types, and whatever they do, the document goes on.</summary>
public sealed class PageAnalystTests
{
    private const string By = "textract v1";

    private static readonly byte[] Scan = Rendered.Picture("-png -r 150");

    private static readonly LayoutPair Pair = new("TOTAL", Label: null, new("12.50", new Box(0.1, 0.2, 0.3, 0.25), 0.9));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_service_saw_is_kept_and_not_asked_again()
    {
        var service = new ScriptedEngine("textract", _ => ScriptedEngine.Upright("Total 12.50")) { Pairs = [Pair] };
        await using var bench = new PageBench(analyses: [Analysis(service)]);
        var content = await bench.AddAsync(Scan);
        var pages = await bench.ReadAsync(content);

        var first = await bench.Analyst.SeeAsync(content, "receipt", pages, submission: null, Cancelled);
        var second = await bench.Analyst.SeeAsync(content, "receipt", pages, submission: null, Cancelled);

        Assert.Single(service.Seen);
        foreach (var seen in new[] { first, second })
        {
            var page = Assert.Single(seen.Pages);
            Assert.Equal((By, "textract", 1), (page.By, page.Layout.Page.Source, page.Layout.Page.Number));
            Assert.Equal(Pair, Assert.Single(page.Layout.Pairs));
            Assert.Empty(page.Layout.Page.Words);
            Assert.Empty(seen.Skipped);
        }
    }

    [Fact]
    public async Task Other_types_and_text_files_are_not_sent()
    {
        var service = ScriptedEngine.Reading("textract", "Total 12.50");
        await using var bench = new PageBench(analyses: [Analysis(service)]);
        var scan = await bench.AddAsync(Scan);
        var text = await bench.AddAsync("Total 12.50\nReceipt"u8.ToArray());

        var other = await bench.Analyst.SeeAsync(scan, "police_report", await bench.ReadAsync(scan), submission: null, Cancelled);
        var plain = await bench.Analyst.SeeAsync(text, "receipt", await bench.ReadAsync(text), submission: null, Cancelled);

        Assert.Empty(service.Seen);
        Assert.All([other, plain], seen => Assert.True(seen is { Pages.Count: 0, Skipped.Count: 0 }));
    }

    [Theory]
    [InlineData("throttled")]
    [InlineData("declined")]
    [InlineData("a bug")]
    public async Task A_service_that_fails_is_named_with_the_reason_and_asked_again_the_next_time(string how)
    {
        Exception failure = how switch
        {
            "throttled" => new TransientFailure(how),
            "declined" => new ProviderRefusal(RefusalKind.Declined, "textract", how),
            _ => new InvalidOperationException("words of the document"),
        };
        var service = ScriptedEngine.Failing("textract", failure);
        var well = new ScriptedEngine("document-intelligence", static _ => []) { Pairs = [Pair] };
        await using var bench = new PageBench(analyses: [Analysis(service), new PictureAnalysis("document-intelligence-invoice", new HashSet<string> { "receipt" }, well)]);
        var content = await bench.AddAsync(Scan);
        var pages = await bench.ReadAsync(content);

        var seen = await bench.Analyst.SeeAsync(content, "receipt", pages, submission: null, Cancelled);
        await bench.Analyst.SeeAsync(content, "receipt", pages, submission: null, Cancelled);

        Assert.Equal([new SkippedReader("textract", how == "a bug" ? "It failed unexpectedly (InvalidOperationException): see the log." : how)], seen.Skipped);
        Assert.Equal("document-intelligence v1", Assert.Single(seen.Pages).By);
        Assert.Equal(2, service.Seen.Count);
        Assert.Single(well.Seen);
    }

    [Fact]
    public async Task Pairs_that_the_reader_of_the_page_brought_are_heard_without_being_asked_for()
    {
        var reader = new ScriptedEngine("textract", _ => ScriptedEngine.Upright("Total 12.50")) { Pairs = [Pair] };
        await using var bench = new PageBench(services: [reader]);
        var content = await bench.AddAsync(Scan);

        var seen = await bench.Analyst.SeeAsync(content, "receipt", await bench.ReadAsync(content), submission: null, Cancelled);

        Assert.Equal(Pair, Assert.Single(Assert.Single(seen.Pages).Layout.Pairs));
        Assert.Single(reader.Seen);
    }

    private static PageAnalysis Analysis(IPageEngine engine) => new PictureAnalysis("textract-expense", new HashSet<string> { "receipt" }, engine);
}
