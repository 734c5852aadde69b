using System.Diagnostics;
using System.Globalization;
using System.Text;
using DocPipeline.Proof.Machines;

namespace DocPipeline.Proof.Bench.Load;

/// <summary>What one stretch of a soak looked like, and the machine at its end.</summary>
/// <param name="Handed">Documents handed in; <paramref name="Ended"/> those that came to their end, <paramref name="Behind"/> those that had not, of all.</param>
/// <param name="Median">Seconds from the moment a document is taken in to its end, of those that ended; <paramref name="P95"/> likewise.</param>
/// <param name="ServerBytes">Resident memory of the server; <paramref name="ChildBytes"/> of its children.</param>
/// <param name="Handles">Open file descriptors of the server.</param>
/// <param name="Temporary">Files in the folders for temporary ones.</param>
/// <param name="BytesEach">What the database has grown by, a document: it rises where tables bloat.</param>
/// <param name="DeadShare">Rows that are waiting for the vacuum, of all.</param>
internal sealed record SoakStretch(
    double Minute, int Handed, long Ended, long Behind, double Median, double P95, long ServerBytes, long ChildBytes, int Handles, int Temporary, double BytesEach, double DeadShare)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Minute,5:0.0} min: {Handed,4} handed in, {Ended,4} ended, {Behind,3} behind; median {Median:0.00} s, p95 {P95:0.00} s; server {Watch.Megabytes(ServerBytes)}, children {Watch.Megabytes(ChildBytes)}, {Handles} handles, {Temporary} temporary files; database {BytesEach / 1000:0} KB a document, {DeadShare:0.0%} dead rows");
}

/// <summary>
/// Mixed documents at a steady rate for a long time: what grows shows. Compared are the stretches at the end with those at the beginning, without the very first, in which code is
/// compiled and readers start.
/// </summary>
internal sealed class Soak(TimeSpan length, double perMinute, ulong seed, TextWriter log)
{
    private const int Pool = 40;
    private const int Stretches = 10;

    /// <summary>Growth that counts as drift, and what is too little to judge by a share of it.</summary>
    private const double Drift = 0.1;
    private const double SmallestSeconds = 0.5;
    private const double SmallestBytes = 50e6;
    private const int SmallestHandles = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <returns>Violations; empty if it stood the soak.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("docpipeline-soak-");
        try
        {
            var pool = ClaimFiles.Write(folder.FullName, DocumentMix.Mixed, seed, Pool);
            await using var machine = await PrivateMachine.CreateAsync(cancellationToken);
            await using var server = await machine.ServeAsync(cancellationToken);
            var (clock, handed) = (Stopwatch.StartNew(), 0);
            var (empty, stretches) = (await NumberAsync(machine, "SELECT pg_database_size(current_database())", cancellationToken), new List<SoakStretch>());
            for (var stretch = 1; stretch <= Stretches; stretch++)
            {
                var (until, first) = (length * stretch / Stretches, handed);
                while (clock.Elapsed < until)
                {
                    await HandInAsync(machine, pool[handed % Pool], folder.FullName, ++handed, cancellationToken);
                    var ahead = TimeSpan.FromMinutes(handed / perMinute) - clock.Elapsed;
                    await Task.Delay(ahead > TimeSpan.Zero ? ahead : TimeSpan.Zero, TimeProvider.System, cancellationToken);
                }

                var ended = stretches.Sum(earlier => earlier.Ended);
                stretches.Add(await LookAsync(machine, server, clock.Elapsed.TotalMinutes, (handed - first, handed, ended, empty), cancellationToken));
                await log.WriteLineAsync(stretches[^1].ToString());
            }

            return await machine.AllEndedAsync(handed, Patience, cancellationToken)
                ? [.. Grown(stretches), .. await Ended.ViolationsAsync(machine, cancellationToken)]
                : [$"Of {handed} documents only {(await machine.CountAsync(cancellationToken)).Ended} have ended."];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The medians of three stretches at the end against those of three at the beginning.</summary>
    private IEnumerable<string> Grown(IReadOnlyList<SoakStretch> stretches)
    {
        (string What, Func<SoakStretch, double> Of, double Smallest)[] watched =
        [
            ("median latency (s)", stretch => stretch.Median, SmallestSeconds),
            ("memory of the server (bytes)", stretch => stretch.ServerBytes, SmallestBytes),
            ("memory of the children (bytes)", stretch => stretch.ChildBytes, SmallestBytes),
            ("handles of the server", stretch => stretch.Handles, SmallestHandles),
            ("bytes of the database a document", stretch => stretch.BytesEach, 0),
            ("documents behind", stretch => stretch.Behind, perMinute / 4),
        ];
        foreach (var (what, of, smallest) in watched)
        {
            var (before, after) = (Middle(stretches.Skip(1).Take(3)), Middle(stretches.TakeLast(3)));
            var share = before == 0 ? 0 : (after - before) / before;
            log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Drift of {what}: {before:0.##} to {after:0.##}, {share:+0.0%;-0.0%;0.0%}"));
            if (after - before > Math.Max(smallest, before * Drift))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{what} grew from {before:0.##} to {after:0.##}");
            }

            double Middle(IEnumerable<SoakStretch> some) => some.Select(of).Order().ElementAt(1);
        }
    }

    // The same pages under another hash: what follows the end of a PDF is not read. The claims of a pool repeat, and are flagged as possible duplicates.
    private static async Task HandInAsync(PrivateMachine machine, string file, string folder, int number, CancellationToken cancellationToken)
    {
        var copy = Path.Combine(folder, $"copy-{number:00000}.pdf");
        await File.WriteAllBytesAsync(copy, [.. await File.ReadAllBytesAsync(file, cancellationToken), .. Encoding.ASCII.GetBytes($"% {number}\n")], cancellationToken);
        machine.Drop(copy);
        File.Delete(copy);
    }

    private static async Task<double> NumberAsync(PrivateMachine machine, string sql, CancellationToken cancellationToken) =>
        double.Parse((await machine.ListAsync(sql, cancellationToken))[0] is { Length: > 0 } text ? text : "0", CultureInfo.InvariantCulture);

    private static async Task<SoakStretch> LookAsync(
        PrivateMachine machine, ServerProcess server, double minute, (int Handed, int HandedInAll, long EndedBefore, double EmptyBytes) so, CancellationToken cancellationToken)
    {
        var ended = (await machine.CountAsync(cancellationToken)).Ended;
        var size = await NumberAsync(machine, "SELECT pg_database_size(current_database())", cancellationToken);
        Task<double> LatencyAsync(string share) => NumberAsync(
            machine,
            $"SELECT percentile_cont({share}) WITHIN GROUP (ORDER BY extract(epoch FROM state_at - received_at)) FROM (SELECT state_at, received_at FROM docpipeline.submission WHERE state <> 'processing' ORDER BY state_at DESC LIMIT {Math.Max(1, ended - so.EndedBefore)}) last",
            cancellationToken);
        var tree = ProcessTree.Of(server.Id);
        return new(
            minute,
            so.Handed,
            ended - so.EndedBefore,
            so.HandedInAll - ended,
            await LatencyAsync("0.5"),
            await LatencyAsync("0.95"),
            ProcessTree.Memory(server.Id) ?? 0,
            tree.Where(process => process.Id != server.Id).Sum(process => ProcessTree.Memory(process.Id) ?? 0),
            Directory.GetFileSystemEntries($"/proc/{server.Id}/fd").Length,
            machine.Leftovers(),
            (size - so.EmptyBytes) / Math.Max(1, ended),
            await NumberAsync(machine, "SELECT sum(n_dead_tup) / greatest(1.0, sum(n_dead_tup + n_live_tup)) FROM pg_stat_user_tables", cancellationToken));
    }
}
