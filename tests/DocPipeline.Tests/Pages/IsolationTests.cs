using System.Diagnostics;
using DocPipeline.Documents;
using DocPipeline.Pages;
using DocPipeline.Pages.Ocr;
using DocPipeline.Testing;

namespace DocPipeline.Tests.Pages;

public sealed class IsolationTests
{
    private static readonly string LongText = string.Join('\n', Enumerable.Repeat(Rendered.Letter, 6));

    [Fact]
    public async Task A_child_killed_in_the_middle_of_a_page_is_replaced_and_the_page_is_read()
    {
        await using var bench = new PageBench();
        var content = await bench.AddAsync(Rendered.Picture("-png -r 200", LongText));
        await bench.Reader.OpenAsync(content, TestContext.Current.CancellationToken);
        var first = Assert.Single(bench.Pool.ProcessIds);

        var reading = bench.Reader.RecognizeAsync(content, 1, TestContext.Current.CancellationToken);
        Signals.Send("KILL", first);

        Assert.InRange((await reading).Words, 100, 200);
        Assert.NotEqual(first, Assert.Single(bench.Pool.ProcessIds));
    }

    [Fact]
    public async Task A_page_that_kills_two_children_is_at_fault_and_the_next_page_is_read()
    {
        await using var bench = new PageBench();
        var poison = await bench.AddAsync(Rendered.Picture("-png -r 200", LongText));
        var other = await bench.AddAsync(Rendered.Picture("-png -r 100"));
        await bench.Reader.OpenAsync(poison, TestContext.Current.CancellationToken);

        var reading = bench.Reader.RecognizeAsync(poison, 1, TestContext.Current.CancellationToken);
        while (!reading.IsCompleted)
        {
            // Stands for a page that crashes every reader it meets.
            bench.Pool.ProcessIds.ToList().ForEach(child => Signals.Send("KILL", child));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        var fault = await Assert.ThrowsAsync<DocumentFault>(() => reading);
        Assert.Equal(FaultCodes.ReaderCrashed, fault.Code);
        FormatTests.AssertClaimNumber(Assert.Single(await bench.ReadAsync(other)));
    }

    [Fact]
    public async Task A_page_that_needs_more_memory_than_a_child_may_take_is_refused_for_that_and_the_next_page_is_read()
    {
        await using var bench = new PageBench(options => options.WorkerMemory = 400_000_000);
        // Within the limit of pixels, and lines to read: not a picture that a reader is done with at once.
        const int Side = 8_900;
        var pixels = new byte[Side * Side];
        Array.Fill(pixels, byte.MaxValue);
        for (var y = 0; y < Side; y += 400)
        {
            pixels.AsSpan(y * Side, 40 * Side).Clear();
        }

        var fault = await bench.FaultAsync(MadePictures.Tiff((Side, Side, pixels)));

        Assert.Equal(FaultCodes.TooMuchMemory, fault.Code);
        FormatTests.AssertClaimNumber(Assert.Single(await bench.ReadAsync(Rendered.Picture("-png -r 100"))));
    }

    [Fact]
    public async Task A_child_that_hangs_is_killed_at_the_deadline_and_the_page_is_read_by_another()
    {
        await using var bench = new PageBench(options => options.PageDeadline = TimeSpan.FromSeconds(15));
        var content = await bench.AddAsync(Rendered.Picture("-png -r 100"));
        await bench.Reader.OpenAsync(content, TestContext.Current.CancellationToken);
        var hung = Assert.Single(bench.Pool.ProcessIds);
        Signals.Send("STOP", hung);

        FormatTests.AssertClaimNumber(Assert.Single(await bench.ReadAsync(content)));

        Assert.DoesNotContain(hung, bench.Pool.ProcessIds);
    }

    [Fact]
    public async Task A_child_ends_with_its_host_even_in_the_middle_of_a_page()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var child = Process.Start(OcrChild.StartInfo(new PageOptions(), ["--serve", "eng"]))!;
        await child.StandardOutput.BaseStream.ReadExactlyAsync(new byte[OcrPipe.Ready.Length], cancellation);
        var request = new OcrRequest(OcrTask.Recognize, Path: null, Frame: 0, Dpi: null, Turns: 0, MaxPixels: 100_000_000, MaxFrames: 1, MaxSide: 0);
        await OcrPipe.WriteAsync(child.StandardInput.BaseStream, request, OcrJson.Default.OcrRequest, Rendered.Picture("-gray -r 400", LongText), cancellation);

        // What the death of a host does to its children: their standard input ends.
        child.StandardInput.Close();
        await child.WaitForExitAsync(cancellation).WaitAsync(TimeSpan.FromSeconds(20), cancellation);

        Assert.Equal(0, child.ExitCode);
        Assert.Equal("", await child.StandardOutput.ReadToEndAsync(cancellation));
    }

    [Fact]
    public async Task A_second_run_does_nothing()
    {
        await using var bench = new PageBench();
        var content = await bench.AddAsync(Rendered.Picture("-png -r 100"));
        await bench.ReadAsync(content);
        var before = Snapshot(bench.Folder);

        await bench.ReadAsync(content);

        Assert.Equal(before, Snapshot(bench.Folder));
    }

    [Fact]
    public async Task A_child_is_replaced_after_its_share_of_pages()
    {
        await using var bench = new PageBench(options => options.PagesPerWorker = 2);
        var content = await bench.AddAsync(Rendered.Picture("-png -r 100"));

        await bench.Reader.OpenAsync(content, TestContext.Current.CancellationToken);
        var first = Assert.Single(bench.Pool.ProcessIds);
        await bench.Reader.RecognizeAsync(content, 1, TestContext.Current.CancellationToken);

        Assert.DoesNotContain(first, bench.Pool.ProcessIds);
    }

    private static List<(string Name, DateTime Written)> Snapshot(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order().Select(file => (file, File.GetLastWriteTimeUtc(file)))];
}
