using DocPipeline.Documents;
using DocPipeline.Ingest;
using DocPipeline.Query;
using DocPipeline.Review;
using DocPipeline.Store;

namespace DocPipeline.Tests.Store;

public sealed class RecordReviewTests(PipelineDatabase database) : IClassFixture<PipelineDatabase>
{
    private static readonly DateTimeOffset At = new(2026, 7, 1, 12, 0, 0, TimeSpan.FromHours(2));

    [Fact]
    public async Task An_approval_applies_its_corrections_to_fields_and_columns_and_audits_them()
    {
        var unsure = Claims.Field("insurer", "Acrne") with { Accepted = false };
        var id = await database.StoreAsync(Claims.Estimate(total: "38.00", more: unsure), SubmissionStates.NeedsReview, "low_confidence");

        var outcome = await database.RunAsync(new RecordReview(), new(id, Decide(
            ReviewDecision.Approve,
            new("total_amount", "3800.00"),
            new("date_of_loss", null),
            new("currency", "USD", 2, new Box(0.5, 0.5, 0.6, 0.6)),
            new("vin", " "))));

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

        await database.RunAsync(new RecordReview(), new(id, Decide(ReviewDecision.Reject, new FieldCorrection("total_amount", "1.00"))));

        Assert.Equal("rejected rejected_by_reviewer Because. 38.00", await database.ScalarAsync<string>(
            "SELECT concat_ws(' ', state, reason_code, reason, total_amount) FROM docpipeline.claims_v1 WHERE submission_id = $1", id.Value));
    }

    [Fact]
    public async Task The_first_decision_counts()
    {
        var id = await database.StoreAsync(Claims.Estimate(), SubmissionStates.NeedsReview, "low_confidence");

        await database.RunAsync(new RecordReview(), new(id, Decide(ReviewDecision.Approve)));
        await database.RunAsync(new RecordReview(), new(id, Decide(ReviewDecision.Reject)));

        Assert.Equal(SubmissionStates.Reviewed, await database.StateAsync(id));
    }

    [Theory]
    [InlineData(ReviewDecision.Approve, SubmissionStates.Reviewed)]
    [InlineData(ReviewDecision.Reject, null)]
    public async Task A_decision_that_is_recorded_but_was_not_carried_out_is_carried_out_and_no_other(string decision, string? state)
    {
        var id = await database.StoreAsync(Claims.Estimate(), SubmissionStates.NeedsReview, "low_confidence");
        await database.ExecuteAsync("INSERT INTO docpipeline.review_decision VALUES ($1, 'approve', 'someone', now(), 'Because.', '[]')", id.Value);

        var record = database.RunAsync(new RecordReview(), new(id, Decide(decision)));

        if (state is null)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => record);
        }
        else
        {
            await record;
        }

        Assert.Equal(state ?? SubmissionStates.NeedsReview, await database.StateAsync(id));
    }

    [Fact]
    public async Task A_duplicate_file_without_a_claim_can_be_decided()
    {
        await database.AcceptAsync("twice for review");
        var second = await database.AcceptAsync("twice for review");
        var submission = new Submission(second.Submission, "bucket", "k", "v", new ContentHash(new string('a', 64)), 1, second.DuplicateOf);
        await database.RunAsync(new FlagDuplicate(), submission);

        await database.RunAsync(new RecordReview(), new(second.Submission, Decide(ReviewDecision.Approve)));

        Assert.Equal(SubmissionStates.Reviewed, await database.StateAsync(second.Submission));
    }

    [Fact]
    public async Task A_decision_that_lacks_something_is_told_so()
    {
        var decision = Decide(ReviewDecision.Reject) with { Note = " " };

        Assert.Equal("A rejection needs a note that says why.", decision.Fault);
        await Assert.ThrowsAsync<ArgumentException>(() => database.RunAsync(new RecordReview(), new(new SubmissionId(Guid.NewGuid()), decision)));
        Assert.Null(Decide(ReviewDecision.Approve).Fault);
    }

    private static ReviewDecision Decide(string decision, params FieldCorrection[] corrections) => new(decision, "someone", At, "Because.", corrections);
}
