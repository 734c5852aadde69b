using System.Text;
using System.Text.Json.Nodes;
using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Pages;

namespace DocPipeline.Tests.Pages;

public sealed class RecordTests
{
    [Fact]
    public async Task Pages_that_were_just_read_are_not_read_from_the_disk_again()
    {
        await using var bench = new PageBench();
        var content = await bench.AddAsync("Claim number: C-4711"u8.ToArray());
        var first = await bench.ReadAsync(content);
        File.Delete(PageFile(bench, 1));

        var second = await bench.ReadAsync(content);

        Assert.Equal(Assert.Single(first).Words, Assert.Single(second).Words);
    }

    [Fact]
    public async Task Only_the_latest_pages_are_kept_in_memory()
    {
        await using var bench = new PageBench();
        // 66 words a line and as many lines a page: 130,000 words in all.
        var line = string.Join(' ', Enumerable.Repeat('x', 66));
        var content = await bench.AddAsync(Encoding.ASCII.GetBytes(string.Join('\n', Enumerable.Repeat(line, 30 * 66))));
        await bench.Reader.OpenAsync(content, TestContext.Current.CancellationToken);
        File.Delete(PageFile(bench, 1));
        File.Delete(PageFile(bench, 30));

        Assert.Null(await bench.Reader.FindPageAsync(content, 1, TestContext.Current.CancellationToken));
        Assert.NotNull(await bench.Reader.FindPageAsync(content, 30, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_page_that_is_larger_than_all_that_may_be_kept_is_not_kept()
    {
        await using var bench = new PageBench();
        var content = await bench.AddAsync("Claim number: C-4711"u8.ToArray());
        var records = new PageRecords(new BlobFolder(bench.Folder));
        var word = new Word("x", new Box(0, 0, 1, 1), Confidence: 1);
        await records.WriteAsync(content, PageFiles.Page(1), new Page(1, 612, 792, PageSources.TextLayer, [.. Enumerable.Repeat(word, 60_000)]), TestContext.Current.CancellationToken);
        File.Delete(PageFile(bench, 1));

        Assert.Null(await records.FindAsync<Page>(content, PageFiles.Page(1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_page_file_does_not_repeat_what_follows_from_the_corners_of_a_box()
    {
        await using var bench = new PageBench();
        await bench.ReadAsync("Claim number: C-4711"u8.ToArray());

        var page = JsonNode.Parse(await File.ReadAllTextAsync(PageFile(bench, 1), TestContext.Current.CancellationToken))!;

        var box = page["Page"]!["Words"]![0]!["Box"]!.AsObject();
        Assert.Equal(["X0", "Y0", "X1", "Y1"], box.Select(property => property.Key));
    }

    private static string PageFile(PageBench bench, int page) => Assert.Single(Directory.EnumerateFiles(bench.Folder, $"page-{page}.v2.json", SearchOption.AllDirectories));
}
