using System.Globalization;
using DocPipeline.Proof.Machines;
using DocPipeline.Samples.Fiction;

namespace DocPipeline.Proof.Bench.Load;

/// <summary>How much is measured.</summary>
/// <param name="Documents">Handed in all at once, for the rate.</param>
/// <param name="AtLoad">Handed in one by one afterwards, for the latency; 0 for none.</param>
/// <param name="Load">Share of the rate at which they come.</param>
internal sealed record LoadPlan(DocumentMix Mix, int Documents, int AtLoad, double Load, ulong Seed);

/// <summary>
/// A server at work, from the bucket to claims in Postgres: its rate when everything is there at once, and its latency when files come at random
/// moments below that rate. Not counted: the start of programs, and the time for which the server lets a file settle that may still be written.
/// </summary>
internal sealed class LoadBench(LoadPlan plan, TextWriter log)
{
    /// <summary>By then the server's hot paths are compiled; after 60 documents a fifth of its processor time was still the compiler's.</summary>
    private const int WarmUp = 300;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public async Task<LoadReport> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("docpipeline-load-");
        try
        {
            await log.WriteLineAsync($"Making {plan.Documents + plan.AtLoad} documents");
            var warmUp = ClaimFiles.Write(folder.FullName, DocumentMix.DigitalOnly, plan.Seed + 1, WarmUp);
            var scans = ClaimFiles.Write(folder.FullName, plan.Mix, plan.Seed + 2, 4);
            var files = ClaimFiles.Write(folder.FullName, plan.Mix, plan.Seed, plan.Documents + plan.AtLoad);

            await using var machine = await PrivateMachine.CreateAsync(cancellationToken);
            await using var server = await machine.ServeAsync(cancellationToken);
            await log.WriteLineAsync("Warming up");
            await AllAtOnceAsync(machine, [.. warmUp, .. scans], cancellationToken);

            await using var watch = Watch.Begin(server.Id, TimeSpan.FromMilliseconds(200));
            var postmaster = int.Parse((await machine.ListAsync("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)", cancellationToken))[0], CultureInfo.InvariantCulture);
            await log.WriteLineAsync($"Handing in {plan.Documents} documents at once");
            var (before, beforePostgres) = (ProcessTree.CpuOf(server.Id), ProcessTree.CpuOf(postmaster));
            var seconds = await AllAtOnceAsync(machine, [.. files.Take(plan.Documents)], cancellationToken);
            var (cpu, postgres) = (ProcessTree.CpuOf(server.Id).Since(before), ProcessTree.CpuOf(postmaster).Since(beforePostgres));
            var perDocument = new CpuPerDocument(cpu.Own / plan.Documents, cpu.Children / plan.Documents, cpu.EndedChildren / plan.Documents, postgres.All / plan.Documents);

            var latency = plan.AtLoad == 0 ? null : await AtLoadAsync(machine, [.. files.Skip(plan.Documents)], plan.Documents / seconds * plan.Load, cancellationToken);
            var ends = await machine.ListAsync("SELECT state FROM docpipeline.submission", cancellationToken);
            return new(
                plan.Mix.Name, plan.Documents, ClaimFiles.Pages, seconds, perDocument, latency,
                ends.CountBy(state => state).OrderBy(end => end.Key, StringComparer.Ordinal).ToDictionary(), watch.Peaks);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <returns>Seconds from the first file's arrival to the last claim's commit, by the database's clock: how often we look must not count.</returns>
    private static async Task<double> AllAtOnceAsync(PrivateMachine machine, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var before = await machine.CountAsync(cancellationToken);
        var started = (await machine.ListAsync("SELECT extract(epoch FROM clock_timestamp())", cancellationToken))[0];
        foreach (var file in files)
        {
            machine.Drop(file);
        }

        await WaitAsync(machine, before.All + files.Count, cancellationToken);
        var ended = (await machine.ListAsync("SELECT extract(epoch FROM max(state_at)) FROM docpipeline.submission", cancellationToken))[0];
        return double.Parse(ended, CultureInfo.InvariantCulture) - double.Parse(started, CultureInfo.InvariantCulture);
    }

    private async Task<LatencyAtLoad> AtLoadAsync(PrivateMachine machine, IReadOnlyList<string> files, double rate, CancellationToken cancellationToken)
    {
        await log.WriteLineAsync($"Handing in {files.Count} documents at {rate:0.00} a second");
        var before = await machine.CountAsync(cancellationToken);
        var dice = new Dice(plan.Seed);
        var dropped = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var next = TimeProvider.System.GetUtcNow();
        foreach (var file in files)
        {
            // Independent senders: the pauses between their files are exponentially distributed.
            next += TimeSpan.FromSeconds(-Math.Log(dice.Whole(1, 1_000_000) / 1_000_000.0) / rate);
            if (next - TimeProvider.System.GetUtcNow() is { Ticks: > 0 } pause)
            {
                await Task.Delay(pause, TimeProvider.System, cancellationToken);
            }

            machine.Drop(file);
            dropped[Path.GetFileName(file)] = TimeProvider.System.GetUtcNow();
        }

        await WaitAsync(machine, before.All + files.Count, cancellationToken);
        var seconds = new List<double>();
        foreach (var row in await machine.ListAsync("SELECT extract(epoch FROM state_at) || ' ' || key FROM docpipeline.submission", cancellationToken))
        {
            var parts = row.Split(' ', 2);
            if (dropped.TryGetValue(parts[1], out var at))
            {
                seconds.Add(double.Parse(parts[0], CultureInfo.InvariantCulture) - (at.ToUnixTimeMilliseconds() / 1000.0));
            }
        }

        seconds.Sort();
        return new(plan.Load, seconds.Count, seconds[seconds.Count / 2], seconds[(int)Math.Ceiling(seconds.Count * 0.95) - 1], seconds[^1]);
    }

    private static async Task WaitAsync(PrivateMachine machine, long count, CancellationToken cancellationToken)
    {
        if (!await machine.AllEndedAsync((int)count, Patience, cancellationToken))
        {
            throw new InvalidOperationException("The server does not finish the documents.");
        }
    }
}
