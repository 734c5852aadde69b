using System.Collections.Concurrent;
using System.Diagnostics;
using DocPipeline.Documents;

namespace DocPipeline.Tests.Pages;

/// <summary>
/// Broken, odd, locked and looping files that others collected. Each must end in pages or in a reason, never in a hang or an exception of ours.
/// Takes every third file, all that were made to be hostile, and the first page of each; with DOCPIPELINE_HOSTILE=all everything (some minutes).
/// </summary>
public sealed class HostileTests
{
    private static readonly bool All = Environment.GetEnvironmentVariable("DOCPIPELINE_HOSTILE") == "all";
    private static readonly TimeSpan LongestFile = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Every_hostile_file_ends_in_pages_or_in_a_reason()
    {
        var folder = Path.Combine(SharedFolder(), "data", "hostile");
        Assert.SkipUnless(Directory.Exists(folder), "The folder of hostile files is not beside the repository, and DOCPIPELINE_SHARED does not name it.");
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".json", StringComparison.Ordinal)).Order()
            .Where((file, index) => All || index % 3 == 0 || file.Contains("generated", StringComparison.Ordinal)).ToList();
        await using var bench = new PageBench(options => options.OcrWorkers = 2);
        var wrong = new ConcurrentBag<string>();
        var faults = new ConcurrentBag<string>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken };

        await Parallel.ForEachAsync(files, parallel, async (file, cancellation) =>
        {
            try
            {
                await ReadAsync(bench, await File.ReadAllBytesAsync(file, cancellation), cancellation).WaitAsync(LongestFile, cancellation);
            }
            catch (DocumentFault fault)
            {
                faults.Add(fault.Code);
            }
            catch (Exception exception)
            {
                wrong.Add($"{Path.GetFileName(file)}: {exception.GetType().Name} {exception.Message}");
            }
        });

        Assert.Empty(wrong);
        Assert.InRange(files.Count, 50, 1000);
        Assert.InRange(faults.Count, files.Count / 20, files.Count / 2);
        Assert.InRange(Process.GetCurrentProcess().PeakWorkingSet64, 0, 1_000_000_000);
    }

    private static async Task ReadAsync(PageBench bench, byte[] bytes, CancellationToken cancellation)
    {
        var content = await bench.AddAsync(bytes);
        var opened = await bench.Reader.OpenAsync(content, cancellation);
        foreach (var page in opened.PagesToRecognize.Take(All ? int.MaxValue : 1))
        {
            await bench.Reader.RecognizeAsync(content, page, cancellation);
        }

        await bench.Reader.PictureAsync(content, 1, cancellation);
    }

    private static string SharedFolder()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "DocPipeline.sln")))
        {
            root = root.Parent;
        }

        return Environment.GetEnvironmentVariable("DOCPIPELINE_SHARED") ?? Path.Combine(root?.FullName ?? "/", "..", "shared");
    }
}
