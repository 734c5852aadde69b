using DocPipeline.Workflow;

namespace DocPipeline.Durable.Operating;

/// <summary>One instance with its journal, for an operator.</summary>
/// <param name="Standing">Reason, failed step and input; the reason is empty unless the instance is dead or parked.</param>
/// <param name="Status">pending, running, waiting, parked, completed or dead.</param>
/// <param name="Label">What the workflow says of itself.</param>
/// <param name="WakeAt">When it is due again, if it is pending or waiting.</param>
public sealed record InstanceReport(
    DeadInstance Standing, string Status, string? Label, string? Output, long Epoch, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt, DateTimeOffset? WakeAt,
    IReadOnlyList<StepReport> Steps);

/// <param name="InstanceId">The instance it belongs to.</param>
/// <param name="Kind">activity, event or sleep.</param>
/// <param name="Status">retrying, waiting, completed or failed.</param>
/// <param name="DueAt">When it is tried again or times out.</param>
public sealed record StepReport(
    string InstanceId, int Number, string Kind, string Name, string Status, int Attempts, string? Result, ActivityFailure? Failure,
    DateTimeOffset RecordedAt, DateTimeOffset? DueAt);

/// <summary>Open instances of a version that no live worker knows: they wait until one is deployed.</summary>
public sealed record UnsupportedVersion(string Workflow, int Version, long Instances);
