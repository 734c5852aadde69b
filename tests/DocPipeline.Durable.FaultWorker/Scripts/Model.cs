using DocPipeline.Workflow;

namespace DocPipeline.Durable.FaultWorker.Scripts;

/// <summary>What a script has to give, computed without an engine.</summary>
internal static class Model
{
    public const string TimeOut = "time-out";
    public const string Slept = "slept";

    public static string Failed(FailureKind kind) => "failed: " + kind;

    /// <summary>For each thing that the workflow sees, what it may be. An event that races its time-out is the only thing with two ends.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Expect(IReadOnlyList<Op> script) => [.. script.SelectMany(Expect)];

    private static IEnumerable<IReadOnlyList<string>> Expect(Op op) => op switch
    {
        Call call => [[End(call)]],
        FanOut fan => Expect(fan),
        Wait { Comes: Arrival.Never } => [[TimeOut]],
        Wait { Comes: Arrival.Race } wait => [[TimeOut, wait.Event]],
        Wait wait => [[wait.Event]],
        Sleep => [[Slept]],
        _ => [],
    };

    // All or nothing: of several failures the workflow sees the first, in the order of the calls.
    private static IEnumerable<IReadOnlyList<string>> Expect(FanOut fan)
    {
        string[] ends = [.. fan.Calls.Select(call => End(call with { Attempts = fan.Calls[0].Attempts }))];
        return Array.Find(ends, end => end.StartsWith("failed", StringComparison.Ordinal)) is { } failed ? [[failed]] : ends.Select(end => new[] { end });
    }

    private static string End(Call call) => call switch
    {
        { Failures: var failures } when failures >= call.Attempts => Failed(FailureKind.Transient),
        { Does: Deed.Refuse } => Failed(FailureKind.Document),
        _ => $"{call.Number}",
    };
}
