using DocPipeline.Documents;
using DocPipeline.Ingest;
using DocPipeline.Reconcile;

namespace DocPipeline.Functions.Tests.Shell;

public sealed class RemedyTests
{
    [Theory]
    [InlineData(SubmissionStates.Processing, WorkflowStanding.Missing, Remedy.Begin)]
    [InlineData(SubmissionStates.Processing, WorkflowStanding.Open, Remedy.Report)]
    [InlineData(SubmissionStates.Processing, WorkflowStanding.Completed, Remedy.Report)]
    [InlineData(SubmissionStates.Processing, WorkflowStanding.Failed, Remedy.Bury)]
    [InlineData(SubmissionStates.NeedsReview, WorkflowStanding.Missing, Remedy.Report)]
    [InlineData(SubmissionStates.NeedsReview, WorkflowStanding.Open, Remedy.Deliver)]
    [InlineData(SubmissionStates.NeedsReview, WorkflowStanding.Completed, Remedy.Report)]
    [InlineData(SubmissionStates.NeedsReview, WorkflowStanding.Failed, Remedy.Bury)]
    public void Only_what_is_safe_is_done(string state, WorkflowStanding standing, Remedy remedy) =>
        Assert.Equal(remedy, Reconciliation.Judge(new OpenSubmission(new SubmissionId(Guid.Empty), state), standing));
}
