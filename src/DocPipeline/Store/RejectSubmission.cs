using DocPipeline.Documents;
using DocPipeline.Ingest;
using DocPipeline.Workflow;

namespace DocPipeline.Store;

/// <summary>A submission that nothing can be read from.</summary>
/// <param name="ReasonCode">One of <see cref="FaultCodes"/>, or another stable code in snake_case.</param>
/// <param name="Reason">What is wrong with the document and what to do, for a claims clerk.</param>
public sealed record Rejection(SubmissionId Submission, string ReasonCode, string Reason);

/// <summary>Ends a submission as rejected, with its reason.</summary>
public sealed class RejectSubmission : IActivity<Rejection, SubmissionOutcome>
{
    public static Activity<Rejection, SubmissionOutcome> Name { get; } = new("reject-submission");

    public Task<SubmissionOutcome> RunAsync(Rejection input, ActivityContext context, CancellationToken cancellationToken)
    {
        context.CommitWith((transaction, token) => SubmissionStates.ChangeAsync(
            transaction, new(input.Submission, SubmissionStates.Rejected, "pipeline", input.ReasonCode, input.Reason), token));
        return Task.FromResult(new SubmissionOutcome(SubmissionStates.Rejected, input.ReasonCode));
    }
}
