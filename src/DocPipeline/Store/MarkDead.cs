using DocPipeline.Documents;
using DocPipeline.Ingest;
using DocPipeline.Workflow;

namespace DocPipeline.Store;

/// <summary>A submission whose workflow has failed for good.</summary>
public sealed record Death(SubmissionId Submission, DeadLetter Letter);

/// <summary>Marks a submission dead, for engines that cannot do it in the transaction in which the workflow dies.</summary>
public sealed class MarkDead : IActivity<Death, SubmissionOutcome>
{
    public static Activity<Death, SubmissionOutcome> Name { get; } = new("mark-dead");

    public Task<SubmissionOutcome> RunAsync(Death input, ActivityContext context, CancellationToken cancellationToken)
    {
        context.CommitWith((transaction, token) => DeadLetters.MarkDeadAsync(transaction, input.Submission.ToString(), input.Letter, token));
        return Task.FromResult(new SubmissionOutcome(SubmissionStates.Dead, ReasonCode: null));
    }
}
