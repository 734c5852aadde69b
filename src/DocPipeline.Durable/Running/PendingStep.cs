using System.Security.Cryptography;
using System.Text;
using DocPipeline.Workflow;

namespace DocPipeline.Durable.Running;

/// <summary>The kinds of step as the schema spells them.</summary>
internal static class StepKind
{
    public const string Activity = "activity";
    public const string Event = "event";
    public const string Sleep = "sleep";
}

/// <summary>A recorded step, as the workflow sees it. Exactly one of result and failure is set.</summary>
internal sealed record StepOutcome(string? Result, ActivityFailure? Failure, DateTimeOffset RecordedAt, int Attempts = 1);

/// <summary>A step whose failure reached workflow code.</summary>
internal sealed record FailedStep(int Number, string Activity, int Attempts);

/// <summary>A step that workflow code asked for and awaits.</summary>
/// <param name="Number">Dense from 1, in the order in which the workflow asked.</param>
/// <param name="Input">The activity's input, or the terms of the wait; its hash is compared on replay.</param>
internal sealed record PendingStep(int Number, int Round, string Kind, string Name, string Input)
{
    // Continuations run inline or on the workflow's thread: the engine sets the result while it is running that thread.
    public TaskCompletionSource<StepOutcome> Source { get; } = new();

    public byte[] InputSha256 { get; } = SHA256.HashData(Encoding.UTF8.GetBytes(Input));

    public RetryPolicy Retry { get; init; } = RetryPolicy.Default;

    public DateTimeOffset? Until { get; init; }

    public TimeSpan? Timeout { get; init; }

    public string? EventName => Kind == StepKind.Event ? Name : null;
}
