using DocPipeline.Documents;
using DocPipeline.Server.Cli;
using DocPipeline.Server.Extract;
using DocPipeline.Server.Hosting;

namespace DocPipeline.Server.Bench;

/// <summary>How many documents and pages are read in a second, all stages together, without a database.</summary>
internal static class ReadingBench
{
    /// <summary>Reads copies of one file. Each copy differs in bytes after its end, so that nothing is found in a cache.</summary>
    public static async Task<BenchResult> RunAsync(ServerSettings settings, string file, int copies, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("docpipeline-bench-");
        try
        {
            var original = await File.ReadAllBytesAsync(file, cancellationToken);
            var paths = Enumerable.Range(0, copies + 1).Select(number => Path.Combine(folder.FullName, $"{number}{Path.GetExtension(file)}")).ToList();
            foreach (var (number, path) in paths.Index())
            {
                await File.WriteAllBytesAsync(path, [.. original, .. System.Text.Encoding.ASCII.GetBytes($"\n% copy {number}\n")], cancellationToken);
            }

            await using var reading = new Reading(settings);
            // The first one starts children and compiles code: not what is measured.
            await reading.ReadAsync(paths[0], cancellationToken);
            var started = TimeProvider.System.GetTimestamp();
            var results = await LongWork.OverAsync("Reading", paths[1..], settings.Workers, reading.ReadAsync, cancellationToken);
            var took = TimeProvider.System.GetElapsedTime(started);
            return new(copies, results.Sum(Pages), took, results.Count(result => result.Reading is null || result.Reading.ReasonCode == FaultCodes.Corrupt));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static int Pages(FileResult result) => result.Reading?.Claim.Documents.Sum(document => document.Pages.Count) ?? 0;
}
