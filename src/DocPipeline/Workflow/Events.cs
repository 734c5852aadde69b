namespace DocPipeline.Workflow;

/// <summary>The name of an event together with the type of its payload.</summary>
public sealed record EventName<T>(string Name);

/// <summary>How a wait ended: with the event's payload, or with the time-out.</summary>
public sealed record EventOutcome<T>(bool TimedOut, T? Payload);
