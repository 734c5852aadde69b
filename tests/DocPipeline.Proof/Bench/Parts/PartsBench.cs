using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using DocPipeline.Proof.Bench.Load;
using DocPipeline.Server.Extract;
using DocPipeline.Server.Hosting;
using Perfolizer.Horology;

namespace DocPipeline.Proof.Bench.Parts;

/// <summary>The parts that run in the server's own process, one by one and without a database; and whether many documents leave anything behind.</summary>
internal sealed class PartsBench(string samples, int turns, int documents, TextWriter log)
{
    private const int Looks = 10;

    public async Task<PartsReport> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("docpipeline-parts-");
        try
        {
            await log.WriteLineAsync("Recognising the pages of the samples");
            TextLayer.Samples = samples;
            await PreparedPages.PrepareAsync(samples, folder.FullName, cancellationToken);
            var parts = Measure(folder.FullName);
            await PreparedPages.DisposeAsync();
            return new(parts, documents == 0 ? [] : await MemoryAsync(folder.FullName, cancellationToken));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // In this process: the parts are compiled already, and nothing is built or restored on the machine that is measured.
    private IReadOnlyList<PartFigure> Measure(string folder)
    {
        var said = new AccumulationLogger();
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(5).WithIterationCount(turns).WithIterationTime(TimeInterval.FromMilliseconds(200)))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(said)
            .WithArtifactsPath(folder);
        var figures = new List<PartFigure>();
        foreach (var type in (Type[])[typeof(Extraction), typeof(TextLayer), typeof(StepJson), typeof(JournalReplay)])
        {
            log.WriteLine($"Measuring {type.Name}");
            var summary = BenchmarkRunner.Run(type, config);
            figures.AddRange(summary.Reports.Select(report => Figure(report, said)));
        }

        return figures;
    }

    private static PartFigure Figure(BenchmarkReport report, AccumulationLogger said)
    {
        if (report.ResultStatistics is not { } statistics)
        {
            throw new InvalidOperationException($"{report.BenchmarkCase.DisplayInfo} gave no result.\n{string.Join('\n', said.GetLog().Split('\n').TakeLast(30))}");
        }

        var file = report.BenchmarkCase.Parameters.Items is [{ Value: string name }, ..] ? name : null;
        var pages = file is null ? 1 : PreparedPages.Of(file).Count;
        return new(
            $"{report.BenchmarkCase.Descriptor.Type.Name}.{report.BenchmarkCase.Descriptor.WorkloadMethod.Name}{(file is null ? "" : $" {file}")}",
            pages,
            statistics.Median / 1e6 / pages,
            statistics.Percentiles.P95 / 1e6 / pages,
            (report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0) / (double)pages);
    }

    // Different documents: what is kept by content, by text or by type would grow with them.
    private async Task<IReadOnlyList<MemoryAfter>> MemoryAsync(string folder, CancellationToken cancellationToken)
    {
        await log.WriteLineAsync($"Reading {documents} digital documents of {ClaimFiles.Pages} pages");
        var looks = new List<MemoryAfter>();
        await using var reading = new Reading(new ServerSettings());
        for (var look = 1; look <= Looks; look++)
        {
            var files = ClaimFiles.Write(Path.Combine(folder, $"digital-{look}"), DocumentMix.DigitalOnly, 700 + (ulong)look, documents / Looks);
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(files, parallel, async (file, token) =>
            {
                var read = await reading.ReadAsync(file, token);
                if (read.Reading is null)
                {
                    throw new InvalidOperationException(read.Failure);
                }
            });
            GC.Collect();
            GC.WaitForPendingFinalizers();
            looks.Add(new(look * (documents / Looks), GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet));
        }

        return looks;
    }
}
