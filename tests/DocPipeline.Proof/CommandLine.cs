using System.CommandLine;
using DocPipeline.Proof.Kill;

namespace DocPipeline.Proof;

/// <summary>The proofs and measurements that take too long for the test run. They need the server in <c>DOCPIPELINE_TEST_POSTGRES</c>.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand("Proves and measures the built product on a database of its own.")
        {
            new Command("prove", "Tries to break it; exit code 1 if something broke.") { Kill() },
        };
        return await root.Parse(arguments).InvokeAsync();
    }

    private static Command Kill()
    {
        var documents = new Option<int>("--documents") { Description = "Small documents of all kinds.", DefaultValueFactory = _ => 200 };
        var kills = new Option<int>("--kills") { Description = "SIGKILLs of the server, at random moments.", DefaultValueFactory = _ => 50 };
        var seed = new Option<ulong?>("--seed") { Description = "Repeats a run with the documents and moments of its printed seed." };
        var life = new Option<double>("--longest-life") { Description = "Seconds that a server may live before it is killed.", DefaultValueFactory = _ => 8 };
        var lease = new Option<double?>("--lease") { Description = "Seconds that a killed server's work waits for the next one. Default: the product's." };
        var command = new Command("kill", "Kills the server at random moments and compares its claims with those of a run in peace.") { documents, kills, seed, life, lease };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var plan = new KillPlan(
                parsed.GetValue(documents), parsed.GetValue(kills), parsed.GetValue(seed) ?? (ulong)TimeProvider.System.GetTimestamp() % 1_000_000,
                TimeSpan.FromSeconds(parsed.GetValue(life)), parsed.GetValue(lease), TimeSpan.FromMinutes(3));
            var result = await new KillProof(plan, Console.Error).RunAsync(cancellationToken);
            Console.WriteLine($"In peace {result.Undisturbed.TotalSeconds:0.0} s, with {result.Kills} kills {result.Disturbed.TotalSeconds:0.0} s; {result.Resumed} documents went on in another process.");
            Console.WriteLine($"Ends: {string.Join(", ", result.States.Select(state => $"{state.Value} {state.Key}"))}.");
            Console.WriteLine($"Children at the kills: {result.ChildrenAtKills}, of which left running: {result.Orphans}. Temporary files left: {result.Leftovers}.");
            return Verdict(result.Violations);
        });
        return command;
    }

    private static int Verdict(IReadOnlyList<string> violations)
    {
        foreach (var violation in violations)
        {
            Console.WriteLine($"VIOLATION: {violation}");
        }

        Console.WriteLine(violations.Count == 0 ? "Proved." : $"{violations.Count} violation(s).");
        return violations.Count == 0 ? 0 : 1;
    }
}
