using DocPipeline.Ingest;

namespace DocPipeline.Reconcile;

/// <summary>What an engine elsewhere says of a workflow.</summary>
public enum WorkflowStanding
{
    /// <summary>It knows no such workflow.</summary>
    Missing,

    /// <summary>Pending, running, waiting or suspended.</summary>
    Open,

    /// <summary>Ended with an output.</summary>
    Completed,

    /// <summary>Ended with a failure, or was terminated.</summary>
    Failed,
}

/// <summary>What is to be done about a submission that has not moved.</summary>
public enum Remedy
{
    /// <summary>Begin its workflow: the start was lost.</summary>
    Begin,

    /// <summary>Raise the pending decision again: the event was lost.</summary>
    Deliver,

    /// <summary>Mark it dead: its workflow has failed and could not say so.</summary>
    Bury,

    /// <summary>A person has to look: nothing that is safe to do would help.</summary>
    Report,
}

/// <summary>Compares a submission that should have moved on with what the engine says of its workflow.</summary>
public static class Reconciliation
{
    public static Remedy Judge(OpenSubmission submission, WorkflowStanding standing) => (submission.State, standing) switch
    {
        (SubmissionStates.Processing, WorkflowStanding.Missing) => Remedy.Begin,
        (SubmissionStates.NeedsReview, WorkflowStanding.Open) => Remedy.Deliver,
        (_, WorkflowStanding.Failed) => Remedy.Bury,
        // Completed, and the submission is not: a bug. Missing in review: only its old workflow knows how far it was. Open and slow: it may be at work.
        _ => Remedy.Report,
    };
}
