using DocPipeline.Extract;
using DocPipeline.Ingest;
using DocPipeline.Pages;
using DocPipeline.Resolve;
using DocPipeline.Resolve.Ask;
using DocPipeline.Split;
using DocPipeline.Store;
using DocPipeline.Validate;
using DocPipeline.Workflow;
using Microsoft.Azure.Functions.Worker;

namespace DocPipeline.Functions;

/// <summary>One function for each activity: its name, and the service behind it.</summary>
public sealed class Activities(
    StepAttempts attempts, FlagDuplicate flagDuplicate, OpenFile openFile, RecognizePage recognizePage, SplitPages splitPages, ExtractDocument extractDocument,
    ResolveClaim resolveClaim, AskModel askModel, ValidateClaim validateClaim, RejectSubmission rejectSubmission, StoreClaim storeClaim, RecordReview recordReview, MarkDead markDead)
{
    [Function("flag-duplicate")]
    public Task<StepResult<SubmissionOutcome>> FlagAsync([ActivityTrigger] StepCall<Submission> call, CancellationToken stop) => attempts.RunAsync(flagDuplicate, call, stop);

    [Function("open-file")]
    public Task<StepResult<OpenedFile>> OpenAsync([ActivityTrigger] StepCall<Submission> call, CancellationToken stop) => attempts.RunAsync(openFile, call, stop);

    [Function("recognize-page")]
    public Task<StepResult<RecognizedPage>> RecognizeAsync([ActivityTrigger] StepCall<PageToRecognize> call, CancellationToken stop) => attempts.RunAsync(recognizePage, call, stop);

    [Function("split-pages")]
    public Task<StepResult<SplitFile>> SplitAsync([ActivityTrigger] StepCall<OpenedFile> call, CancellationToken stop) => attempts.RunAsync(splitPages, call, stop);

    [Function("extract-document")]
    public Task<StepResult<ExtractedPart>> ExtractAsync([ActivityTrigger] StepCall<PartToExtract> call, CancellationToken stop) => attempts.RunAsync(extractDocument, call, stop);

    [Function("resolve-claim")]
    public Task<StepResult<ResolvedFile>> ResolveAsync([ActivityTrigger] StepCall<PartsToResolve> call, CancellationToken stop) => attempts.RunAsync(resolveClaim, call, stop);

    [Function("ask-model")]
    public Task<StepResult<ResolvedFile>> AskAsync([ActivityTrigger] StepCall<QuestionsToAsk> call, CancellationToken stop) => attempts.RunAsync(askModel, call, stop);

    [Function("validate-claim")]
    public Task<StepResult<ValidationOutcome>> ValidateAsync([ActivityTrigger] StepCall<ClaimToValidate> call, CancellationToken stop) => attempts.RunAsync(validateClaim, call, stop);

    [Function("reject-submission")]
    public Task<StepResult<SubmissionOutcome>> RejectAsync([ActivityTrigger] StepCall<Rejection> call, CancellationToken stop) => attempts.RunAsync(rejectSubmission, call, stop);

    [Function("store-claim")]
    public Task<StepResult<SubmissionOutcome>> StoreAsync([ActivityTrigger] StepCall<ClaimToStore> call, CancellationToken stop) => attempts.RunAsync(storeClaim, call, stop);

    [Function("record-review")]
    public Task<StepResult<SubmissionOutcome>> ReviewAsync([ActivityTrigger] StepCall<ReviewToRecord> call, CancellationToken stop) => attempts.RunAsync(recordReview, call, stop);

    [Function("mark-dead")]
    public Task<StepResult<SubmissionOutcome>> BuryAsync([ActivityTrigger] StepCall<Death> call, CancellationToken stop) => attempts.RunAsync(markDead, call, stop);
}
