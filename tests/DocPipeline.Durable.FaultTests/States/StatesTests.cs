using System.Text.RegularExpressions;
using DocPipeline.Durable.FaultTests.Machines;
using DocPipeline.Durable.FaultTests.RoundTrips;

namespace DocPipeline.Durable.FaultTests.States;

/// <summary>Ties the state machine that the engine's README draws to the engine.</summary>
public sealed partial class StatesTests
{
    [Fact]
    public async Task The_drawn_transitions_are_those_that_are_made()
    {
        await using var machine = await FaultMachine.CreateAsync();
        machine.Engine();
        await new Workload(machine, machine.Client()).RunAsync();

        var made = await machine.ListAsync("SELECT DISTINCT was || '->' || became FROM watch.transition");
        Assert.Equal(Drawn().Select(arrow => $"{arrow.From}->{arrow.To}").Order(StringComparer.Ordinal), made.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_drawn_states_are_those_of_the_schema()
    {
        await using var machine = await FaultMachine.CreateAsync();
        var known = await machine.ScalarAsync<string>("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'instance_status_known'");

        var states = Quoted().Matches(known!).Select(match => match.Groups[1].Value);
        Assert.Equal(states.Order(StringComparer.Ordinal), Drawn().Select(arrow => arrow.To).Distinct().Order(StringComparer.Ordinal));
    }

    // Where everything begins is no state.
    private static IEnumerable<(string From, string To)> Drawn()
    {
        using var reader = new StreamReader(typeof(StatesTests).Assembly.GetManifestResourceStream("README.md")!);
        return [.. Arrow().Matches(reader.ReadToEnd()).Select(match => (match.Groups[1].Value.Replace("[*]", "", StringComparison.Ordinal), match.Groups[2].Value))];
    }

    [GeneratedRegex(@"^ +(\S+) --> (\w+):", RegexOptions.Multiline, 1000)]
    private static partial Regex Arrow();

    [GeneratedRegex("'(\\w+)'", RegexOptions.None, 1000)]
    private static partial Regex Quoted();
}
