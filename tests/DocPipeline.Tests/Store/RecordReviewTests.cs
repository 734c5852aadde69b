using DocPipeline.Documents;
using DocPipeline.Ingest;
using DocPipeline.Query;
using DocPipeline.Review;
using DocPipeline.Store;
using DocPipeline.Workflow;

namespace DocPipeline.Tests.Store;

public sealed class RecordReviewTests(PipelineDatabase database) : IClassFixture<PipelineDatabase>
{
    private static readonly DateTimeOffset At = new(2026, 7, 1, 12, 0, 0, TimeSpan.FromHours(2));

    [Fact]
    public async Task An_approval_applies_its_corrections_to_fields_and_columns_and_audits_them()
    {
        var unsure = Claims.Field("insurer", "Acrne") with { Accepted = false };
        var id = await database.StoreAsync(Claims.Estimate(total: "38.00", more: unsure), SubmissionStates.NeedsReview, "low_confidence");

        var outcome = await database.DecideAsync(id, Decide(
            ReviewDecision.Approve,
            new("total_amount", "3800.00"),
            new("date_of_loss", null),
            new("currency", "USD", 2, new Box(0.5, 0.5, 0.6, 0.6)),
            new("vin", " ")));

        Assert.Equal(new SubmissionOutcome(SubmissionStates.Reviewed, null), outcome);
        Assert.Equal("reviewed 3800.00 t USD Acrne", await database.ScalarAsync<string>(
            "SELECT concat_ws(' ', state, total_amount, date_of_loss IS NULL, currency, insurer) FROM docpipeline.claims_v1 WHERE submission_id = $1", id.Value));
        Assert.Equal(
            "claim_number CL-1 t text-layer 1 0.1;currency USD t person 2 0.5;insurer Acrne t text-layer 1 0.1;total_amount 3800.00 t person 1 0.1",
            await database.ScalarAsync<string>(
                "SELECT string_agg(concat_ws(' ', name, value, accepted, source, page, x0), ';' ORDER BY name) FROM docpipeline.claim_fields_v1 WHERE submission_id = $1",
                id.Value));
        Assert.Equal("someone 38.00 3800.00", await database.ScalarAsync<string>(
            """
            SELECT concat_ws(' ', by, detail -> 'corrections' -> 0 ->> 'from', detail -> 'corrections' -> 0 ->> 'to')
            FROM docpipeline.audit WHERE submission_id = $1 AND to_state = 'reviewed'
            """,
            id.Value));
        Assert.Empty(await AuditVerification.VerifyAsync(database.Worker, id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_rejection_says_who_and_why_and_corrects_nothing()
    {
        var id = await database.StoreAsync(Claims.Estimate(total: "38.00"), SubmissionStates.NeedsReview, "low_confidence");

        await database.DecideAsync(id, Decide(ReviewDecision.Reject, new FieldCorrection("total_amount", "1.00")));

        Assert.Equal("rejected rejected_by_reviewer Because. 38.00", await database.ScalarAsync<string>(
            "SELECT concat_ws(' ', state, reason_code, reason, total_amount) FROM docpipeline.claims_v1 WHERE submission_id = $1", id.Value));
    }

    [Fact]
    public async Task What_is_sent_back_ends_with_a_code_of_its_own_and_with_words_for_the_sender()
    {
        var id = await database.StoreAsync(Claims.Estimate(), SubmissionStates.NeedsReview, "low_confidence");

        var outcome = await database.DecideAsync(id, Decide(ReviewDecision.SendBack));

        Assert.Equal(new SubmissionOutcome(SubmissionStates.Rejected, "sent_back"), outcome);
        Assert.Equal("rejected sent_back Because. sent_back Because.", await database.ScalarAsync<string>(
            """
            SELECT concat_ws(' ', s.state, s.reason_code, s.reason, o.payload ->> 'reason_code', o.payload ->> 'reason')
            FROM docpipeline.submissions_v1 s JOIN docpipeline.outbox o ON o.submission_id = s.submission_id AND o.topic = 'submission.rejected'
            WHERE s.submission_id = $1
            """,
            id.Value));
    }

    [Fact]
    public async Task A_regrouping_goes_back_into_processing_and_the_audit_keeps_what_was_read()
    {
        var id = await database.StoreAsync(Claims.Estimate(total: "38.00"), SubmissionStates.NeedsReview, "low_confidence");

        var outcome = await database.DecideAsync(id, Regroup(new FieldCorrection("total_amount", "3800.00")));

        Assert.Equal(new SubmissionOutcome(SubmissionStates.Processing, null), outcome);
        Assert.Equal("processing someone repair_estimate [1, 2] 38.00 invoice [1] 3800.00", await database.ScalarAsync<string>(
            """
            SELECT concat_ws(' ', to_state, by, detail #>> '{before,documents,0,type}', detail #>> '{before,documents,0,pages}', detail #>> '{before,fields,total_amount}',
              detail #>> '{documents,0,type}', detail #>> '{documents,0,pages}', detail #>> '{kept,0,value}')
            FROM docpipeline.audit WHERE submission_id = $1 ORDER BY seq DESC LIMIT 1
            """,
            id.Value));
        Assert.Empty(await AuditVerification.VerifyAsync(database.Worker, id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_event_that_comes_late_or_twice_is_passed_over()
    {
        var id = await database.StoreAsync(Claims.Estimate(), SubmissionStates.NeedsReview, "low_confidence");
        var regroup = Regroup();
        await database.DecideAsync(id, regroup);
        await database.RunAsync(new StoreClaim(database.Blobs), await database.PrepareAgainAsync(id, Claims.Estimate(), []));

        var late = await database.RunAsync(new RecordReview(database.Worker), new(id, regroup));
        var unknown = await database.RunAsync(new RecordReview(database.Worker), new(id, Decide(ReviewDecision.Approve)));

        Assert.Equal((new SubmissionOutcome(SubmissionStates.NeedsReview, "regrouped"), new SubmissionOutcome(SubmissionStates.NeedsReview, "regrouped")), (late, unknown));
        Assert.Equal(4, await database.ScalarAsync<long>("SELECT count(*) FROM docpipeline.audit WHERE submission_id = $1", id.Value));
    }

    [Theory]
    [InlineData(ReviewDecision.Approve, SubmissionStates.Reviewed)]
    [InlineData(ReviewDecision.Regroup, SubmissionStates.Processing)]
    public async Task A_step_whose_record_was_lost_says_the_same_again(string decision, string state)
    {
        var id = await database.StoreAsync(Claims.Estimate(), SubmissionStates.NeedsReview, "low_confidence");
        var made = decision == ReviewDecision.Regroup ? Regroup() : Decide(decision);
        var first = await database.DecideAsync(id, made);

        var second = await database.RunAsync(new RecordReview(database.Worker), new(id, made));

        Assert.Equal((new SubmissionOutcome(state, null), first), (second, first));
        Assert.Equal(3, await database.ScalarAsync<long>("SELECT count(*) FROM docpipeline.audit WHERE submission_id = $1", id.Value));
    }

    [Fact]
    public async Task A_decision_stays_pending_when_its_workflow_dies_and_is_replayed()
    {
        var id = await database.StoreAsync(Claims.Estimate(), SubmissionStates.NeedsReview, "low_confidence");
        var cancel = TestContext.Current.CancellationToken;
        var decision = Decide(ReviewDecision.Approve);
        await database.Desk().DecideAsync(id, version: null, decision, cancel);
        var letter = new DeadLetter("record-review", 9, 6, new(FailureKind.Transient, "TimeoutException", "No answer.", null));
        await database.InTransactionAsync(transaction => DeadLetters.MarkDeadAsync(transaction, id.ToString(), letter, cancel));
        await database.InTransactionAsync(transaction => DeadLetters.MarkReplayedAsync(transaction, id.ToString(), "operator", cancel));

        var other = await database.Desk().DecideAsync(id, version: null, Decide(ReviewDecision.Reject) with { By = "another" }, cancel);
        await database.RunAsync(new RecordReview(database.Worker), new(id, decision));

        Assert.Equal(new DeskAnswer(DeskResult.TooLate, "someone"), other);
        Assert.Equal(SubmissionStates.Reviewed, await database.StateAsync(id));
    }

    [Fact]
    public async Task A_duplicate_file_without_a_claim_can_be_decided()
    {
        await database.AcceptAsync("twice for review");
        var second = await database.AcceptAsync("twice for review");
        var submission = new Submission(second.Submission, "bucket", "k", "v", new ContentHash(new string('a', 64)), 1, second.DuplicateOf);
        await database.RunAsync(new FlagDuplicate(), submission);

        await database.DecideAsync(second.Submission, Decide(ReviewDecision.Approve));

        Assert.Equal(SubmissionStates.Reviewed, await database.StateAsync(second.Submission));
    }

    [Fact]
    public async Task A_decision_that_lacks_something_is_told_so()
    {
        var decision = Decide(ReviewDecision.Reject) with { Note = " " };

        Assert.Equal("A rejection needs a note that says why.", decision.Fault);
        await Assert.ThrowsAsync<DecisionFault>(() => database.RunAsync(new RecordReview(database.Worker), new(new SubmissionId(Guid.NewGuid()), decision)));
        Assert.Null(Decide(ReviewDecision.Approve).Fault);
    }

    private static ReviewDecision Regroup(params FieldCorrection[] kept) =>
        new(ReviewDecision.Regroup, "someone", At, Note: null, kept, Documents: [new("invoice", [1]), new("other", [2, 3])]);

    private static ReviewDecision Decide(string decision, params FieldCorrection[] corrections) => new(decision, "someone", At, "Because.", corrections);
}
