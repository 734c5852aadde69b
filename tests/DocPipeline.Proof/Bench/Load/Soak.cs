using System.Diagnostics;
using System.Globalization;
using System.Text;
using DocPipeline.Proof.Machines;

namespace DocPipeline.Proof.Bench.Load;

/// <summary>What one stretch of a soak looked like.</summary>
/// <param name="P95">Seconds from drop to claim of the documents that ended in it.</param>
/// <param name="ServerBytes">Resident memory of the server at its end; <paramref name="ReaderBytes"/> of all readers.</param>
/// <param name="DatabaseBytes">Size at its end, <paramref name="DeadRows"/> those not yet vacuumed.</param>
/// <param name="Handles">Open file descriptors of the server.</param>
internal sealed record SoakStretch(
    double Minute, int Documents, double Median, double P95, long ServerBytes, long ReaderBytes, double DatabaseBytes, double DeadRows, int Handles, int Temporary)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Minute,5:0.0} min: {Documents,4} documents, median {Median:0.00} s, p95 {P95:0.00} s; server {Watch.Megabytes(ServerBytes)}, readers {Watch.Megabytes(ReaderBytes)}, {Handles} handles, {Temporary} temporary files; database {Watch.Megabytes((long)DatabaseBytes)}, {DeadRows:0} dead rows");
}

/// <summary>Mixed documents at a steady rate for a long time: what grows shows.</summary>
internal sealed class Soak(TimeSpan length, double perMinute, ulong seed, TextWriter log)
{
    private const int Pool = 40;
    private const int Stretches = 10;

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
            for (var stretch = 1; stretch <= Stretches; stretch++)
            {
                var until = length * stretch / Stretches;
                var first = handed;
                while (clock.Elapsed < until)
                {
                    machine.Drop(await CopyAsync(pool[handed % Pool], folder.FullName, ++handed, cancellationToken));
                    var ahead = TimeSpan.FromMinutes(handed / perMinute) - clock.Elapsed;
                    await Task.Delay(ahead > TimeSpan.Zero ? ahead : TimeSpan.Zero, TimeProvider.System, cancellationToken);
                }

                await log.WriteLineAsync((await LookAsync(machine, server, clock.Elapsed.TotalMinutes, handed - first, cancellationToken)).ToString());
            }

            return await machine.AllEndedAsync(handed, Patience, cancellationToken)
                ? await Ended.ViolationsAsync(machine, cancellationToken)
                : [$"Of {handed} documents only {(await machine.CountAsync(cancellationToken)).Ended} have ended."];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The same page under another hash: what follows the end of a PDF is not read.
    private static async Task<string> CopyAsync(string file, string folder, int number, CancellationToken cancellationToken)
    {
        var copy = Path.Combine(folder, $"copy-{number:00000}.pdf");
        await File.WriteAllBytesAsync(copy, [.. await File.ReadAllBytesAsync(file, cancellationToken), .. Encoding.ASCII.GetBytes($"% {number}\n")], cancellationToken);
        return copy;
    }

    private static async Task<SoakStretch> LookAsync(PrivateMachine machine, ServerProcess server, double minute, int handed, CancellationToken cancellationToken)
    {
        async Task<double> NumberAsync(string sql) =>
            double.Parse((await machine.ListAsync(sql, cancellationToken))[0] is { Length: > 0 } text ? text : "0", CultureInfo.InvariantCulture);
        Task<double> LatencyAsync(string share) => NumberAsync(
            $"SELECT percentile_cont({share}) WITHIN GROUP (ORDER BY extract(epoch FROM state_at - received_at)) FROM (SELECT state_at, received_at FROM docpipeline.submission WHERE state <> 'processing' ORDER BY state_at DESC LIMIT {Math.Max(1, handed)}) last");
        var tree = ProcessTree.Of(server.Id);
        return new(
            minute,
            handed,
            await LatencyAsync("0.5"),
            await LatencyAsync("0.95"),
            ProcessTree.Memory(server.Id) ?? 0,
            tree.Where(process => process.Id != server.Id).Sum(process => ProcessTree.Memory(process.Id) ?? 0),
            await NumberAsync("SELECT pg_database_size(current_database())"),
            await NumberAsync("SELECT sum(n_dead_tup) FROM pg_stat_user_tables"),
            Directory.GetFileSystemEntries($"/proc/{server.Id}/fd").Length,
            machine.Leftovers());
    }
}
