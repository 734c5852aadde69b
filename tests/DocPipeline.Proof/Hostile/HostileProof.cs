using System.Diagnostics;
using DocPipeline.Proof.Machines;

namespace DocPipeline.Proof.Hostile;

/// <param name="ServerPeak">Most memory the server ever had in use, in bytes.</param>
/// <param name="ChildPeaks">The same of its children, by program.</param>
/// <param name="Ends">Files by state and reason.</param>
/// <param name="Slowest">Seconds from receipt to the end of the file that took longest, and its key.</param>
internal sealed record HostileResult(
    int Files,
    TimeSpan Took,
    long ServerPeak,
    IReadOnlyDictionary<string, long> ChildPeaks,
    IReadOnlyList<string> Ends,
    string Slowest,
    IReadOnlyList<string> Violations);

/// <summary>
/// Hands files in that are meant to do harm, and watches the server: every file ends with a reason, the server neither ends nor hangs nor
/// grows, and its children keep within their limits.
/// </summary>
internal sealed class HostileProof(IReadOnlyList<string> files, TimeSpan patience, TextWriter log)
{
    private const string Server = "DocPipeline.Server";
    private const string Reader = "DocPipeline.OcrWorker";

    /// <summary>What the server may use at most: issue of this product, not a limit that the kernel enforces.</summary>
    private const long ServerLimit = 1_000_000_000;

    /// <summary>Data a reader may take, and what its code and libraries take beside.</summary>
    private const long ReaderLimit = 1_200_000_000 + 150_000_000;

    /// <summary>Address space of a PDF program.</summary>
    private const long ProgramLimit = 1_000_000_000;

    public async Task<HostileResult> RunAsync(CancellationToken cancellationToken)
    {
        await using var machine = await PrivateMachine.CreateAsync(cancellationToken);
        await using var server = await machine.ServeAsync(cancellationToken);
        await using var watch = Watch.Begin(server.Id, TimeSpan.FromMilliseconds(25));
        var clock = Stopwatch.StartNew();
        var violations = new List<string>();

        // Exit code 1: a file could not be taken in. Whether it was then missing is asked below.
        foreach (var chunk in files.Chunk(200))
        {
            await machine.RunAsync(["ingest", .. chunk], cancellationToken, codes: 1);
        }

        await log.WriteLineAsync($"Handed in {files.Count} files after {clock.Elapsed.TotalSeconds:0.0} s.");
        if (!await machine.AllEndedAsync(files.Count, patience, cancellationToken))
        {
            violations.AddRange((await machine.ListAsync("SELECT key FROM docpipeline.submission WHERE state = 'processing'", cancellationToken)).Select(key => $"hangs: {key}"));
            violations.Add($"{(await machine.CountAsync(cancellationToken)).All} of {files.Count} files became submissions");
        }

        var took = clock.Elapsed;
        if (server.HasEnded)
        {
            violations.Add($"the server ended with code {await server.EndAsync(cancellationToken)}");
        }

        violations.AddRange(await Ended.ViolationsAsync(machine, cancellationToken));
        violations.AddRange(watch.Peaks.Where(peak => peak.Value > Limit(peak.Key)).Select(peak => $"{peak.Key} used {Watch.Megabytes(peak.Value)}, more than {Watch.Megabytes(Limit(peak.Key))}"));
        return new(
            files.Count,
            took,
            watch.Peaks.GetValueOrDefault(Server),
            watch.Peaks.Where(peak => peak.Key != Server).ToDictionary(),
            await machine.ListAsync("SELECT count(*) || ' ' || state || coalesce(' (' || reason_code || ')', '') FROM docpipeline.submission GROUP BY state, reason_code ORDER BY count(*) DESC", cancellationToken),
            string.Concat(await machine.ListAsync("SELECT round(extract(epoch FROM state_at - received_at), 1) || ' s: ' || key FROM docpipeline.submission ORDER BY state_at - received_at DESC LIMIT 1", cancellationToken)),
            violations);
    }

    private static long Limit(string program) => program switch
    {
        Server => ServerLimit,
        Reader => ReaderLimit,
        _ => ProgramLimit,
    };
}
