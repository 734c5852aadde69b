using System.Globalization;
using DocPipeline.Pages;
using DocPipeline.Pages.Ocr;
using DocPipeline.Proof.Machines;
using Microsoft.Extensions.Options;

namespace DocPipeline.Proof.Bench;

/// <summary>One way of reading all pages, once.</summary>
/// <param name="Seconds">Wall time.</param>
/// <param name="Cpu">Processor time of everything but Postgres: of the server, the readers and the PDF programs. On a busy machine the better measure of work.</param>
/// <param name="Words">Words read.</param>
internal sealed record ScanRun(double Seconds, CpuUse Cpu, long Words)
{
    public double CpuSeconds => Cpu.All;
}

/// <summary>A run of bare recognition and one of the whole pipeline, one after the other.</summary>
/// <param name="Bare">From files to words: whoever recognises a page decodes its picture first.</param>
/// <param name="Recognition">The same run without reading and decoding the files.</param>
/// <param name="PeerSeconds">Wall time of the peer with the same pages; null if it was not asked for.</param>
internal sealed record ScanPair(ScanRun Bare, ScanRun Recognition, ScanRun Pipeline, double? PeerSeconds)
{
    public double Ratio => Pipeline.Seconds / Bare.Seconds;

    public double CpuRatio => Pipeline.CpuSeconds / Bare.CpuSeconds;

    public double RecognitionRatio => Pipeline.Seconds / Recognition.Seconds;

    public double RecognitionCpuRatio => Pipeline.CpuSeconds / Recognition.CpuSeconds;
}

/// <summary>
/// Scanned pages through the whole pipeline (a file moved into the bucket until its claim is committed in Postgres) against bare recognition of the
/// same pictures with the same engine and as many children. Not counted: the start of programs, and the time for which the server lets a file settle
/// that may still be written (the files are moved in, complete).
/// </summary>
internal sealed class ScanBench(int pages, int pagesPerFile, int workers, bool withPeer, TextWriter log)
{
    private const int WarmUp = 60;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public async Task<IReadOnlyList<ScanPair>> RunAsync(int runs, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("docpipeline-scan-");
        try
        {
            var files = ScannedPages.Write(folder.FullName, pages, pagesPerFile);
            var pictures = await ScannedPages.PicturesAsync(files, folder.FullName, cancellationToken);
            await using var machine = await PrivateMachine.CreateAsync(cancellationToken);
            machine.Settings["DOCPIPELINE_OCR_WORKERS"] = $"{workers}";

            // Bare recognition reads once: what is measured is what the pipeline adds to that.
            machine.Settings["DOCPIPELINE_SECOND_READING"] = "false";
            await using var server = await machine.ServeAsync(cancellationToken);

            // A server runs for months: its children are up and its code is compiled. One pass of scans starts children; digital pages, which cost
            // hardly anything, take the other stages through the compiler.
            await PipelineAsync(machine, server, DigitalPages.Write(folder.FullName, WarmUp), cancellationToken);
            await PipelineAsync(machine, server, await ScannedPages.CopyAsync(files, folder.FullName, "warm", cancellationToken), cancellationToken);
            var pairs = new List<ScanPair>();
            for (var run = 1; run <= runs; run++)
            {
                var copies = await ScannedPages.CopyAsync(files, folder.FullName, $"run-{run}", cancellationToken);

                // Each way goes first as often as the other, so that a machine that becomes slower favours nobody.
                var first = run % 2 == 0 ? await PipelineAsync(machine, server, copies, cancellationToken) : null;
                var (bare, recognition) = await BareAsync(pictures, cancellationToken);
                var pipeline = first ?? await PipelineAsync(machine, server, copies, cancellationToken);
                pairs.Add(new(bare, recognition, pipeline, withPeer ? await OcrMyPdf.ReadAsync(files, folder.FullName, workers, cancellationToken) : null));
                await log.WriteLineAsync($"Run {run}: bare {bare.Seconds:0.00} s ({bare.CpuSeconds:0.0} s of processor), pipeline {pairs[^1].Pipeline.Seconds:0.00} s ({Parts(pairs[^1].Pipeline.Cpu)}), ratio {pairs[^1].Ratio:0.000} ({pairs[^1].CpuRatio:0.000})");
            }

            return pairs;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Parts(CpuUse cpu) => $"server {cpu.Own:0.0}, readers {cpu.Children:0.0}, PDF programs {cpu.EndedChildren:0.0} s";

    private async Task<(ScanRun Bare, ScanRun Recognition)> BareAsync(IReadOnlyList<string> pictures, CancellationToken cancellationToken)
    {
        var bare = await OcrBench.BareAsync(pictures, workers, Options.Create(new PageOptions()), cancellationToken);
        return (RunOf(bare.Elapsed, bare.Processor), RunOf(bare.RecognitionElapsed, bare.RecognitionProcessor));

        ScanRun RunOf(TimeSpan elapsed, TimeSpan processor) => new(elapsed.TotalSeconds, new(0, processor.TotalSeconds, 0), bare.Words);
    }

    private static async Task<ScanRun> PipelineAsync(PrivateMachine machine, ServerProcess server, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var before = await machine.CountAsync(cancellationToken);
        var words = await WordsAsync(machine, cancellationToken);
        var cpu = ProcessTree.CpuOf(server.Id);
        var started = await ScalarAsync(machine, "SELECT extract(epoch FROM clock_timestamp())", cancellationToken);
        foreach (var file in files)
        {
            machine.Drop(file);
        }

        if (!await machine.AllEndedAsync((int)before.All + files.Count, Patience, cancellationToken))
        {
            throw new InvalidOperationException("The server does not finish the pages.");
        }

        // By the database's clock: how often we look must not count.
        var ended = await ScalarAsync(machine, "SELECT extract(epoch FROM max(state_at)) FROM docpipeline.submission", cancellationToken);
        return new(ended - started, ProcessTree.CpuOf(server.Id).Since(cpu), await WordsAsync(machine, cancellationToken) - words);
    }

    private static async Task<long> WordsAsync(PrivateMachine machine, CancellationToken cancellationToken) =>
        (long)await ScalarAsync(machine, "SELECT coalesce(sum((result ->> 'words')::bigint), 0) FROM durable.step WHERE name = 'recognize-page'", cancellationToken);

    private static async Task<double> ScalarAsync(PrivateMachine machine, string sql, CancellationToken cancellationToken) =>
        double.Parse((await machine.ListAsync(sql, cancellationToken))[0], CultureInfo.InvariantCulture);
}
