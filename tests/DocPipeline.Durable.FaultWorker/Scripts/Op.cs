using System.Text.Json.Serialization;

namespace DocPipeline.Durable.FaultWorker.Scripts;

/// <summary>One thing that a scripted workflow does. What it has to give is in <see cref="Model"/>.</summary>
[JsonDerivedType(typeof(Call), "call")]
[JsonDerivedType(typeof(FanOut), "fanOut")]
[JsonDerivedType(typeof(Wait), "wait")]
[JsonDerivedType(typeof(Sleep), "sleep")]
[JsonDerivedType(typeof(Say), "say")]
[JsonDerivedType(typeof(Foreign), "foreign")]
internal abstract record Op;

/// <summary>One activity.</summary>
/// <param name="Number">What it gives back.</param>
/// <param name="Does">What else happens.</param>
/// <param name="Failures">So many attempts fail with a transient failure.</param>
/// <param name="Attempts">So many are allowed.</param>
/// <param name="Milliseconds">So long an attempt takes.</param>
internal sealed record Call(int Number, Deed Does = Deed.Compute, int Failures = 0, int Attempts = 1, int Milliseconds = 0) : Op;

/// <summary>What an activity does besides giving back its number.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Deed>))]
internal enum Deed
{
    /// <summary>Nothing.</summary>
    Compute,

    /// <summary>Leaves a row in the database, in the transaction of its step.</summary>
    Store,

    /// <summary>Finds fault with the document; the workflow catches that.</summary>
    Refuse,

    /// <summary>Fails for good, and the workflow does not catch it, until an operator has replayed the instance.</summary>
    BreakUntilReplayed,

    /// <summary>The first time: gives its own instance back to the queue behind the engine's back, as a take-over does, so that its record is refused.</summary>
    LoseInstance,

    /// <summary>Kills its own process.</summary>
    Kill,
}

/// <summary>Calls side by side, all with the deed and the attempts of the first.</summary>
internal sealed record FanOut(IReadOnlyList<Call> Calls) : Op;

/// <summary>Waits for an event of its own name.</summary>
internal sealed record Wait(string Event, Arrival Comes) : Op;

/// <summary>When the event of a wait is raised.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Arrival>))]
internal enum Arrival
{
    /// <summary>Together with the start of the workflow.</summary>
    Early,

    /// <summary>Some time later.</summary>
    Late,

    /// <summary>About when the wait times out.</summary>
    Race,

    Never,
}

internal sealed record Sleep(int Milliseconds) : Op;

internal sealed record Say(string Label) : Op;

/// <summary>Awaits something that did not come from the context, while the machine is told to: the instance is parked.</summary>
internal sealed record Foreign : Op;
