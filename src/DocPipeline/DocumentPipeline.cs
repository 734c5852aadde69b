using DocPipeline.Documents;
using DocPipeline.Extract;
using DocPipeline.Ingest;
using DocPipeline.Pages;
using DocPipeline.Resolve;
using DocPipeline.Resolve.Ask;
using DocPipeline.Review;
using DocPipeline.Split;
using DocPipeline.Store;
using DocPipeline.Validate;
using DocPipeline.Workflow;

namespace DocPipeline;

/// <summary>
/// What happens to a document, from top to bottom. Every numbered step is journaled: it may run again after a crash, and its recorded result is
/// used once. A submission ends in exactly one state: accepted, reviewed, rejected, or dead with everything needed to replay it.
/// </summary>
/// <remarks>This is workflow code: see the dangers named at <see cref="IWorkflowContext"/>.</remarks>
public sealed class DocumentPipeline : IWorkflow<Submission, SubmissionOutcome>
{
    // A wait that nobody answers is begun again: the document waits for a person as long as it takes.
    private static readonly TimeSpan ReviewRound = TimeSpan.FromDays(30);

    public static WorkflowName<Submission, SubmissionOutcome> Name { get; } = new("document-pipeline", Version: 1);

    public async Task<SubmissionOutcome> RunAsync(IWorkflowContext context, Submission submission)
    {
        // 1. Seen before? Bytes that are known under another name are linked and shown to a person, never read or claimed twice.
        if (submission.DuplicateOf is not null)
        {
            return await ReviewAsync(context, submission, await context.CallAsync(FlagDuplicate.Name, submission));
        }

        try
        {
            // 2. Open. What the file is, how many pages it has, and the words of all pages with a usable text layer.
            context.SetStatus("opening");
            var file = await context.CallAsync(OpenFile.Name, submission);

            // 3. Recognise. Pictures become words; all pages at once.
            context.SetStatus($"recognising {file.PagesToRecognize.Count} of {file.PageCount} pages");
            await context.CallAllAsync(RecognizePage.Name, [.. file.PagesToRecognize.Select(page => new PageToRecognize(file.Content, page))]);

            // 4. Split. Pages become documents of one type each.
            context.SetStatus("splitting");
            var split = await context.CallAsync(SplitPages.Name, file);

            // 5 to 9. Every document becomes part of one stored claim.
            var outcome = await ReadDocumentsAsync(context, submission, split, regrouped: null);

            // 10. Review. What is flagged waits for a person.
            return await ReviewAsync(context, submission, outcome);
        }
        catch (ActivityFailedException failed) when (failed.Failure.Kind == FailureKind.Document)
        {
            // The document's own fault: no retry helps, a person is told why. Everything else ends as a dead letter.
            return await context.CallAsync(RejectSubmission.Name, new Rejection(submission.Id, failed.Failure.Code, failed.Failure.Message));
        }
    }

    private static async Task<SubmissionOutcome> ReviewAsync(IWorkflowContext context, Submission submission, SubmissionOutcome outcome)
    {
        while (outcome.State == SubmissionStates.NeedsReview)
        {
            context.SetStatus("waiting for review");
            var decided = await context.WaitForEventAsync(ReviewDecision.Event, ReviewRound);
            if (!decided.TimedOut)
            {
                outcome = await context.CallAsync(RecordReview.Name, new ReviewToRecord(submission.Id, decided.Payload!));
            }

            // A person has regrouped the pages: their documents are read anew, and wait again.
            if (outcome.State == SubmissionStates.Processing)
            {
                var parts = decided.Payload!.Documents!.Select(document => new DocumentPart(document.Type, Confidence: 1, document.Pages));
                outcome = await ReadDocumentsAsync(context, submission, new SplitFile(submission.Content, [.. parts]), decided.Payload);
            }
        }

        return outcome;
    }

    /// <param name="regrouped">The decision that grouped the pages so; null where splitting did.</param>
    private static async Task<SubmissionOutcome> ReadDocumentsAsync(IWorkflowContext context, Submission submission, SplitFile split, ReviewDecision? regrouped)
    {
        // 5. Extract. Words become candidates with evidence; all documents at once.
        context.SetStatus("extracting");
        var extracted = await context.CallAllAsync(ExtractDocument.Name, [.. split.Parts.Select(part => new PartToExtract(split.Content, part))]);

        // 6. Resolve. One value a field, one claim a file.
        var resolved = await context.CallAsync(ResolveClaim.Name, new PartsToResolve(split.Content, extracted));

        // 7. Ask. Where a language model is configured, it is asked what stays open and holds the claim up; its answers count only where they
        //    stand on the page, and are never accepted unseen. No question, no step: histories of versions that could not ask have none.
        if (resolved.Questions > 0)
        {
            context.SetStatus("asking a language model");
            resolved = await context.CallAsync(AskModel.Name, new QuestionsToAsk(resolved, extracted), AskModel.Retry);
        }

        // 8. Validate. Rules, completeness, duplicates: findings, and what follows from them. Whoever regrouped it looks at it again in any case.
        var validated = await context.CallAsync(ValidateClaim.Name, new ClaimToValidate(submission.Id, resolved));
        if (regrouped is not null)
        {
            validated = validated with
            {
                State = SubmissionStates.NeedsReview,
                ReasonCode = validated.ReasonCode ?? "regrouped",
                Reason = validated.Reason ?? "Its pages were regrouped: look at what was read anew.",
            };
        }

        // 9. Store. Claim, evidence, findings, audit and outbox in one transaction with this step.
        context.SetStatus("storing");
        return validated.State == SubmissionStates.Rejected
            ? await context.CallAsync(RejectSubmission.Name, new Rejection(submission.Id, validated.ReasonCode!, validated.Reason!))
            : await context.CallAsync(
                StoreClaim.Name,
                new ClaimToStore(submission.Id, split.Content, validated.State, validated.ReasonCode, validated.Reason, validated.Blob, regrouped?.Corrections));
    }
}
