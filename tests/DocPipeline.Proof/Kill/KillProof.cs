using System.Diagnostics;
using DocPipeline.Proof.Machines;
using DocPipeline.Samples.Fiction;

namespace DocPipeline.Proof.Kill;

/// <summary>
/// The same documents twice: once in peace, once with a server that is killed (SIGKILL) at random moments and started again. Both must end
/// with the same claims, and nothing may be lost, doubled or left running.
/// </summary>
internal sealed class KillProof(KillPlan plan, TextWriter log)
{
    private static readonly TimeSpan ChildPatience = TimeSpan.FromSeconds(10);

    private readonly List<string> _violations = [];
    private int _children;
    private int _orphans;

    public async Task<KillResult> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("docpipeline-kill-");
        try
        {
            // 1. The documents.
            await log.WriteLineAsync($"Seed {plan.Seed}: {plan.Documents} documents, {plan.Kills} kills.");
            var files = SmallDocuments.Write(folder.FullName, plan.Documents, plan.Seed);

            // 2. In peace.
            await using var peaceful = await MachineAsync(cancellationToken);
            var clock = Stopwatch.StartNew();
            await using (await peaceful.ServeAsync(cancellationToken))
            {
                DropAll(peaceful, files);
                await EndAsync(peaceful, "in peace", cancellationToken);
            }

            var undisturbed = clock.Elapsed;
            await log.WriteLineAsync($"In peace: {undisturbed.TotalSeconds:0.0} s.");

            // 3. Disturbed: files come while servers are killed and started again.
            await using var disturbed = await MachineAsync(cancellationToken);
            clock.Restart();
            await DisturbAsync(disturbed, files, cancellationToken);
            await using (await disturbed.ServeAsync(cancellationToken))
            {
                await EndAsync(disturbed, "after the last kill", cancellationToken);
                _violations.AddRange(await Ended.ViolationsAsync(disturbed, cancellationToken));
            }

            // 4. Compare.
            _violations.AddRange((await Snapshot.TakeAsync(peaceful.Owner, cancellationToken)).DifferencesTo(await Snapshot.TakeAsync(disturbed.Owner, cancellationToken)));
            return new(
                plan.Seed, plan.Documents, plan.Kills, _children, _orphans, disturbed.Leftovers(), await ResumedAsync(disturbed, cancellationToken), undisturbed, clock.Elapsed,
                await StatesAsync(disturbed, cancellationToken), _violations);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<PrivateMachine> MachineAsync(CancellationToken cancellationToken)
    {
        var machine = await PrivateMachine.CreateAsync(cancellationToken);
        if (plan.LeaseSeconds is { } lease)
        {
            machine.Settings["DOCPIPELINE_LEASE_SECONDS"] = $"{lease}";
        }

        return machine;
    }

    private async Task DisturbAsync(PrivateMachine machine, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var dice = new Dice(plan.Seed).Fork(99);
        var dropped = 0;
        for (var kill = 1; kill <= plan.Kills; kill++)
        {
            // Most die at work, some before they are up.
            var (isYoung, life) = (dice.Chance(0.2), TimeSpan.FromSeconds(dice.Real(0.05, plan.LongestLife.TotalSeconds)));
            var server = machine.Start("serve");
            for (; dropped < files.Count * kill / plan.Kills; dropped++)
            {
                machine.Drop(files[dropped]);
            }

            await (isYoung ? Task.CompletedTask : Task.WhenAny(server.IsUp, Task.Delay(plan.Patience, TimeProvider.System, cancellationToken)));
            await Task.Delay(life, TimeProvider.System, cancellationToken);
            if (server.HasEnded)
            {
                _violations.Add($"the server ended by itself with code {await server.EndAsync(cancellationToken)} before kill {kill}");
            }

            await AwaitChildrenAsync(await server.KillAsync(), cancellationToken);
            await server.DisposeAsync();
            var (ended, all) = await machine.CountAsync(cancellationToken);
            await log.WriteLineAsync($"Kill {kill} {life.TotalSeconds:0.00} s after it {(isYoung ? "was started" : "was up")}: {ended} of {all} submissions have ended, {dropped} files dropped.");
        }
    }

    private async Task AwaitChildrenAsync(IReadOnlyList<ProcessSample> children, CancellationToken cancellationToken)
    {
        _children += children.Count;
        var clock = Stopwatch.StartNew();
        while (children.Where(ProcessTree.IsAlive).ToList() is { Count: > 0 } alive)
        {
            if (clock.Elapsed > ChildPatience)
            {
                _orphans += alive.Count;
                _violations.AddRange(alive.Select(child => $"{child.Program} ({child.Id}) outlived its server by {ChildPatience.TotalSeconds} s"));
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }

    private static void DropAll(PrivateMachine machine, IReadOnlyList<string> files)
    {
        foreach (var file in files)
        {
            machine.Drop(file);
        }
    }

    private async Task EndAsync(PrivateMachine machine, string when, CancellationToken cancellationToken)
    {
        if (!await machine.AllEndedAsync(plan.Documents, plan.Patience, cancellationToken))
        {
            var (ended, all) = await machine.CountAsync(cancellationToken);
            _violations.Add($"{when}: {ended} of {all} submissions of {plan.Documents} files have ended, and nothing more within {plan.Patience.TotalSeconds} s");
        }
    }

    private static async Task<long> ResumedAsync(PrivateMachine machine, CancellationToken cancellationToken) =>
        long.Parse((await machine.ListAsync("SELECT count(*) FROM durable.instance WHERE epoch > 1", cancellationToken))[0]);

    private static async Task<IReadOnlyDictionary<string, long>> StatesAsync(PrivateMachine machine, CancellationToken cancellationToken) =>
        (await machine.ListAsync("SELECT state || ' ' || count(*) FROM docpipeline.submission GROUP BY state ORDER BY state", cancellationToken))
            .Select(row => row.Split(' '))
            .ToDictionary(row => row[0], row => long.Parse(row[1]));
}
