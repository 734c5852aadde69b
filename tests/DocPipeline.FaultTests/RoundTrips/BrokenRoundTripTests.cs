using DocPipeline.FaultTests.Machines;
using DocPipeline.Proof.Kill;
using DocPipeline.Testing.Wire;

namespace DocPipeline.FaultTests.RoundTrips;

/// <summary>
/// Whichever round trip breaks, and however: every document comes to the same end as in peace, once, with the same claim. A class for each fault, so that
/// they run side by side.
/// </summary>
public abstract class BrokenRoundTripTests
{
    private static readonly Lazy<Task<(IReadOnlyList<string> Ends, Snapshot Claims)>> InPeace = new(() => RunAsync(new FaultPlan(), new FaultPlan()));

    public static TheoryData<string> OfServer { get; } = [.. KnownRoundTrips.OfServer];

    public static TheoryData<string> OfOthers { get; } = [.. KnownRoundTrips.OfOthers];

    private protected static Task BreakAsync(string roundTrip, Fault fault, bool isOfOthers = false) => BreakAsync([roundTrip], fault, isOfOthers);

    private protected static async Task BreakAsync(IEnumerable<string> roundTrips, Fault fault, bool isOfOthers = false)
    {
        var peace = await InPeace.Value;
        var (broken, sound) = (new FaultPlan(), new FaultPlan());
        foreach (var roundTrip in roundTrips)
        {
            broken.Add(roundTrip, fault);
        }

        var (ends, claims) = await RunAsync(isOfOthers ? sound : broken, isOfOthers ? broken : sound);

        Assert.True(broken.IsDone, "The fault never happened.");
        Assert.Equal(peace.Ends, ends);
        Assert.Empty(peace.Claims.DifferencesTo(claims));
    }

    private static async Task<(IReadOnlyList<string> Ends, Snapshot Claims)> RunAsync(FaultPlan server, FaultPlan others)
    {
        await using var machine = await PipelineMachine.CreateAsync();
        await using (var workload = new Workload(machine, server, others))
        {
            await workload.RunAsync();
        }

        Assert.Empty(await machine.ViolationsAsync());
        return await machine.OutcomeAsync();
    }
}

public sealed class ConnectionCutTests : BrokenRoundTripTests
{
    [Theory, MemberData(nameof(OfServer))]
    public Task A_connection_of_the_server_that_breaks_before_a_request_costs_nothing(string roundTrip) => BreakAsync(roundTrip, Fault.CutBefore);

    [Fact]
    public Task A_reconciler_that_cannot_ask_looks_again() => BreakAsync(KnownRoundTrips.OfLooks, Fault.CutBefore);

    [Theory, MemberData(nameof(OfOthers))]
    public Task Whoever_hands_in_or_replays_may_repeat_a_request_that_never_came(string roundTrip) => BreakAsync(roundTrip, Fault.CutBefore, isOfOthers: true);
}

public sealed class ReplyLostTests : BrokenRoundTripTests
{
    [Theory, MemberData(nameof(OfServer))]
    public Task A_reply_that_the_server_does_not_get_costs_nothing(string roundTrip) => BreakAsync(roundTrip, Fault.LoseReply);

    [Fact]
    public Task A_reconciler_that_gets_no_answer_looks_again() => BreakAsync(KnownRoundTrips.OfLooks, Fault.LoseReply);

    [Theory, MemberData(nameof(OfOthers))]
    public Task Whoever_hands_in_or_replays_may_repeat_a_request_without_a_reply(string roundTrip) => BreakAsync(roundTrip, Fault.LoseReply, isOfOthers: true);
}
