namespace DocPipeline.Workflow;

/// <summary>The three kinds of failure. Everything else follows from the kind.</summary>
public enum FailureKind
{
    /// <summary>It may work later: time-outs, throttling, lost connections. Retried; when retries are used up, a dead letter.</summary>
    Transient,

    /// <summary>The document itself is at fault. Never retried; the workflow decides between review and rejection.</summary>
    Document,

    /// <summary>A bug or a wrong configuration. Never retried; a dead letter.</summary>
    Bug,
}

/// <summary>A failure as data, as it crosses the journal.</summary>
/// <param name="Kind">Which of the three kinds.</param>
/// <param name="Code">Stable code: a fault code for <see cref="FailureKind.Document"/>, the exception's type name otherwise.</param>
/// <param name="Message">What happened, for a person.</param>
/// <param name="Detail">Where it happened, for an engineer (stack trace); null for the document's fault.</param>
public sealed record ActivityFailure(FailureKind Kind, string Code, string Message, string? Detail);

/// <summary>An activity failed for good; seen by workflow code.</summary>
public sealed class ActivityFailedException(string activity, ActivityFailure failure)
    : Exception($"{activity}: {failure.Message}")
{
    public string Activity { get; } = activity;

    public ActivityFailure Failure { get; } = failure;
}
