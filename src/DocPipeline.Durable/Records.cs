using DocPipeline.Workflow;

namespace DocPipeline.Durable;

/// <summary>An instance as claimed: ours under this epoch, until somebody claims it under a higher one.</summary>
internal sealed record ClaimedInstance(
    string InstanceId, string Name, int Version, long Epoch, string Input, string? Label, DateTimeOffset CreatedAt, int ClaimsWithoutProgress, TimeSpan Late)
{
    public IReadOnlyDictionary<int, JournaledStep> Journal { get; init; } = new Dictionary<int, JournaledStep>();

    /// <summary>It was in the hands of a worker that was lost before it recorded a step of it.</summary>
    public bool IsSuspect => ClaimsWithoutProgress > 1;
}

/// <summary>A row of the journal.</summary>
/// <param name="DueIn">Time left of a retry's delay or a wait at the moment of reading, on the database's clock; null for a final row.</param>
internal sealed record JournaledStep(
    int Number, string Kind, string Name, byte[] InputSha256, string Status, string? Result, ActivityFailure? Failure, int Attempts, DateTimeOffset RecordedAt, TimeSpan? DueIn)
{
    public bool IsFinal => Status is "completed" or "failed";
}

/// <summary>What to record of one attempt of an activity.</summary>
/// <param name="Delay">Time until the next attempt; null if this one was the last.</param>
internal sealed record StepRecord(
    string InstanceId, long Epoch, int Number, int Round, string Name, byte[] InputSha256, Guid AttemptId,
    string? Result, ActivityFailure? Failure, int Attempts, TimeSpan? Delay, DatabaseEffect? Effect)
{
    public string Status => Result is not null ? "completed" : Delay is null ? "failed" : "retrying";
}

/// <summary>The instance is no longer ours: another worker claimed it, or an operator took it. Everything of it stops here.</summary>
internal sealed class FencedException(string instanceId) : Exception($"Instance {instanceId} is no longer this worker's.");

/// <summary>The database refused what an activity left to be written. Carries its answer; classified like any failure of the activity.</summary>
/// <param name="inner">The answer.</param>
/// <param name="connectionIsLost">There may have been none: the connection broke while the effect was being written.</param>
internal sealed class EffectException(Exception inner, bool connectionIsLost = false) : Exception(inner.Message, inner)
{
    public bool ConnectionIsLost { get; } = connectionIsLost;
}
