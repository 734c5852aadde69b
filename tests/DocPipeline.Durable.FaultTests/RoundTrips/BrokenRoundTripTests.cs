using DocPipeline.Durable.FaultTests.Machines;
using DocPipeline.Testing;
using DocPipeline.Testing.Wire;

namespace DocPipeline.Durable.FaultTests.RoundTrips;

/// <summary>The workload ends well, whichever round trip breaks and however. A class for each fault, so that they run side by side.</summary>
public abstract class BrokenRoundTripTests
{
    public static TheoryData<string> OfEngine { get; } = [.. KnownRoundTrips.OfEngine];

    public static TheoryData<string> OfOthers { get; } = [.. KnownRoundTrips.OfOthers];

    // Both sides would notice a silent connection by themselves, but not while a test waits.
    private const string Hasty = "Command Timeout=2;Options=-c role=docpipeline_worker -c idle_in_transaction_session_timeout=2s";

    private protected static async Task BreakAsync(string roundTrip, Fault fault, bool isOfOthers = false)
    {
        await using var machine = await FaultMachine.CreateAsync();
        var (broken, sound) = (new FaultPlan(), new FaultPlan());
        Workload.Provoke(broken, roundTrip);
        broken.Add(roundTrip, fault);
        var client = machine.Client(isOfOthers ? broken : sound);
        var engine = machine.Engine(isOfOthers ? sound : broken, connection: fault is Fault.FallSilent or Fault.FallSilentInReply ? Hasty : "");
        var running = new Workload(machine, client).RunAsync();
        var isAtTheEnd = roundTrip == "Workers/unregister.sql";
        if (!isAtTheEnd)
        {
            await Eventually.IsTrueAsync(() => Task.FromResult(broken.IsDone), "the fault has happened");
        }

        if (fault is Fault.VanishBefore or Fault.VanishAfter && !isAtTheEnd)
        {
            machine.Engine();
            await running;
        }
        else
        {
            await running;
            await engine.StopAsync();
        }

        Assert.True(broken.IsDone, "The fault never happened.");
        Violations.None(await machine.CheckAsync(Workload.Cases));
    }
}

public sealed class ConnectionCutTests : BrokenRoundTripTests
{
    [Theory, MemberData(nameof(OfEngine))]
    public Task A_connection_that_breaks_before_a_request_costs_nothing(string roundTrip) => BreakAsync(roundTrip, Fault.CutBefore);

    [Theory, MemberData(nameof(OfOthers))]
    public Task Whoever_starts_raises_or_operates_may_repeat_a_request_that_never_came(string roundTrip) => BreakAsync(roundTrip, Fault.CutBefore, isOfOthers: true);
}

public sealed class ReplyLostTests : BrokenRoundTripTests
{
    [Theory, MemberData(nameof(OfEngine))]
    public Task A_lost_reply_is_recognised(string roundTrip) => BreakAsync(roundTrip, Fault.LoseReply);

    [Theory, MemberData(nameof(OfOthers))]
    public Task Whoever_starts_raises_or_operates_may_repeat_a_request_without_a_reply(string roundTrip) => BreakAsync(roundTrip, Fault.LoseReply, isOfOthers: true);
}

public sealed class VanishedBeforeTests : BrokenRoundTripTests
{
    [Theory, MemberData(nameof(OfEngine))]
    public Task What_an_engine_held_that_vanished_before_a_request_is_taken_over(string roundTrip) => BreakAsync(roundTrip, Fault.VanishBefore);
}

public sealed class VanishedAfterTests : BrokenRoundTripTests
{
    [Theory, MemberData(nameof(OfEngine))]
    public Task What_an_engine_held_that_vanished_after_a_request_is_taken_over(string roundTrip) => BreakAsync(roundTrip, Fault.VanishAfter);
}

public sealed class SilentBeforeTests : BrokenRoundTripTests
{
    [Theory, MemberData(nameof(OfEngine))]
    public Task A_connection_that_falls_silent_before_a_request_is_given_up(string roundTrip) => BreakAsync(roundTrip, Fault.FallSilent);
}

public sealed class SilentInReplyTests : BrokenRoundTripTests
{
    [Theory, MemberData(nameof(OfEngine))]
    public Task A_connection_that_falls_silent_in_the_middle_of_a_reply_is_given_up(string roundTrip) => BreakAsync(roundTrip, Fault.FallSilentInReply);
}
