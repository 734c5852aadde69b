using System.Diagnostics;
using DocPipeline.Documents;
using DocPipeline.Ingest;
using DocPipeline.Review;
using DocPipeline.Store;
using Npgsql;

namespace DocPipeline.Tests.Store;

public sealed class StoreClaimTests(PipelineDatabase database) : IClassFixture<PipelineDatabase>
{
    [Fact]
    public async Task A_claim_is_stored_with_typed_columns_evidence_rows_and_findings()
    {
        var id = await database.StoreAsync(Claims.Estimate(claimNumber: "CL 77", total: "1234.50", rows: 2));

        Assert.Equal(SubmissionStates.Accepted, await database.StateAsync(id));
        Assert.Equal(
            "CL 77|2026-01-05|1234.50|repair_estimate 0 {1,2};other 1 {3}|date_of_loss 2026-01-05 p1 0.1,0.2,0.3,0.4 text-layer 2026-05-01|1 part 1 1.00;2 part 2 2.00|info police-report-missing -;warning sum-of-lines 0",
            await database.ScalarAsync<string>(
                """
                SELECT concat_ws('|', c.claim_number, c.date_of_loss, c.total_amount,
                  (SELECT string_agg(concat_ws(' ', type, document, pages), ';' ORDER BY document) FROM docpipeline.documents_v1 d WHERE d.submission_id = c.submission_id),
                  (SELECT concat(name, ' ', value, ' p', page, ' ', x0, ',', y0, ',', x1, ',', y1, ' ', source, ' ', alternatives -> 0 ->> 'value')
                   FROM docpipeline.claim_fields_v1 f WHERE f.submission_id = c.submission_id AND name = 'date_of_loss'),
                  (SELECT string_agg(concat_ws(' ', row, cells ->> 'description', cells ->> 'amount'), ';' ORDER BY row)
                   FROM docpipeline.table_rows_v1 r WHERE r.submission_id = c.submission_id),
                  (SELECT string_agg(concat_ws(' ', severity, rule, coalesce(document::text, '-')), ';' ORDER BY finding)
                   FROM docpipeline.findings_v1 f WHERE f.submission_id = c.submission_id))
                FROM docpipeline.claims_v1 c WHERE c.submission_id = $1
                """,
                id.Value));
    }

    [Fact]
    public async Task A_claim_keeps_the_version_of_its_calibration()
    {
        var id = await database.StoreAsync(Claims.Estimate() with { Calibration = "0123456789ab" });
        var older = await database.StoreAsync(Claims.Estimate());

        Assert.Equal("0123456789ab", await database.ScalarAsync<string>("SELECT calibration FROM docpipeline.claims_v1 WHERE submission_id = $1", id.Value));
        Assert.True(await database.ScalarAsync<bool>("SELECT calibration IS NULL FROM docpipeline.claims_v1 WHERE submission_id = $1", older.Value));
    }

    [Fact]
    public async Task Storing_twice_leaves_one_claim_one_audit_row_and_one_message()
    {
        var input = await database.PrepareAsync(Claims.Estimate());

        await database.RunAsync(new StoreClaim(database.Blobs), input);
        await database.RunAsync(new StoreClaim(database.Blobs), input);

        Assert.Equal("1 2 2", await database.ScalarAsync<string>(
            """
            SELECT concat_ws(' ', (SELECT count(*) FROM docpipeline.claim WHERE submission_id = $1),
              (SELECT count(*) FROM docpipeline.audit WHERE submission_id = $1), (SELECT count(*) FROM docpipeline.outbox WHERE submission_id = $1))
            """,
            input.Submission.Value));
    }

    [Fact]
    public async Task What_is_read_anew_takes_the_place_of_what_was_stored_under_what_a_person_has_typed()
    {
        var id = await database.StoreAsync(Claims.Estimate(total: "38.00", rows: 2), SubmissionStates.NeedsReview, "low_confidence");
        FieldCorrection[] kept = [new("total_amount", "3800.00"), new("insurer", "Acme")];
        await database.DecideAsync(id, new(ReviewDecision.Regroup, "someone", DateTimeOffset.UtcNow, null, kept, Documents: [new("repair_estimate", [1, 2, 3])]));
        var field = Claims.Field("total_amount", "40.00");
        var anew = await database.PrepareAgainAsync(id, new([new("invoice", 1, [1, 2, 3], [field], [], [])], [new(field, 0)], []), kept);

        await database.RunAsync(new StoreClaim(database.Blobs), anew);
        await database.RunAsync(new StoreClaim(database.Blobs), anew);

        Assert.Equal("needs_review invoice {1,2,3} insurer=Acme person, total_amount=3800.00 person 3800.00 0 4", await database.ScalarAsync<string>(
            """
            SELECT concat_ws(' ', c.state, (SELECT string_agg(concat_ws(' ', type, pages), ';') FROM docpipeline.documents_v1 d WHERE d.submission_id = c.submission_id),
              (SELECT string_agg(concat(name, '=', value, ' ', source), ', ' ORDER BY name) FROM docpipeline.claim_fields_v1 f WHERE f.submission_id = c.submission_id), c.total_amount,
              (SELECT count(*) FROM docpipeline.table_rows_v1 r WHERE r.submission_id = c.submission_id), (SELECT max(seq) FROM docpipeline.audit a WHERE a.submission_id = c.submission_id))
            FROM docpipeline.claims_v1 c WHERE c.submission_id = $1
            """,
            id.Value));
    }

    [Fact]
    public async Task A_reading_is_taken_away_only_while_it_is_read_anew()
    {
        var id = await database.StoreAsync(Claims.Estimate(), SubmissionStates.NeedsReview, "low_confidence");

        await PipelineDatabase.ExecuteAsync(database.Worker, "SELECT docpipeline.remove_reading($1)", id.Value);

        Assert.Equal(1, await database.ScalarAsync<long>("SELECT count(*) FROM docpipeline.claim WHERE submission_id = $1", id.Value));
        await Assert.ThrowsAsync<PostgresException>(() => PipelineDatabase.ExecuteAsync(database.Reader, "SELECT docpipeline.remove_reading($1)", id.Value));
    }

    [Fact]
    public async Task An_effect_that_fails_at_its_end_leaves_nothing()
    {
        var input = await database.PrepareAsync(Claims.Estimate());
        await database.RunAsync(new RejectSubmission(), new Rejection(input.Submission, FaultCodes.Corrupt, "It is broken."));

        // Terminal is final: the change of state at the end of the effect is refused, after the claim's rows have been inserted.
        var refused = await Assert.ThrowsAsync<PostgresException>(() => database.RunAsync(new StoreClaim(database.Blobs), input));

        Assert.Equal("submission_state_machine", refused.ConstraintName);
        Assert.Equal(0, await database.ScalarAsync<long>("SELECT count(*) FROM docpipeline.claim WHERE submission_id = $1", input.Submission.Value));
        Assert.Equal(0, await database.ScalarAsync<long>("SELECT count(*) FROM docpipeline.claim_field WHERE submission_id = $1", input.Submission.Value));
        Assert.Equal(SubmissionStates.Rejected, await database.StateAsync(input.Submission));
    }

    [Fact]
    public async Task What_the_engine_rolls_back_is_gone_and_the_retry_stores_all()
    {
        var input = await database.PrepareAsync(Claims.Estimate());

        await database.RunAsync(new StoreClaim(database.Blobs), input, commit: false);
        Assert.Equal(SubmissionStates.Processing, await database.StateAsync(input.Submission));
        Assert.Equal(0, await database.ScalarAsync<long>("SELECT count(*) FROM docpipeline.claim WHERE submission_id = $1", input.Submission.Value));

        await database.RunAsync(new StoreClaim(database.Blobs), input);
        Assert.Equal(SubmissionStates.Accepted, await database.StateAsync(input.Submission));
    }

    [Theory]
    [InlineData("total_amount", "1,250.00")]
    [InlineData("total_amount", "twelve")]
    [InlineData("date_of_loss", "2026-02-30")]
    [InlineData("date_of_loss", "05/01/26")]
    public async Task A_value_that_is_no_date_or_amount_keeps_its_text_and_leaves_the_column_empty(string name, string value)
    {
        var field = Claims.Field(name, value);
        var document = new ResolvedDocument("other", 1, [1], [field], [], []);

        var id = await database.StoreAsync(new([document], [new ClaimField(field, 0)], []));

        Assert.True(await database.ScalarAsync<bool>("SELECT total_amount IS NULL AND date_of_loss IS NULL FROM docpipeline.claims_v1 WHERE submission_id = $1", id.Value));
        Assert.Equal(value, await database.ScalarAsync<string>("SELECT value FROM docpipeline.claim_fields_v1 WHERE submission_id = $1", id.Value));
    }

    [Fact]
    public async Task Characters_that_Postgres_cannot_store_become_replacement_characters()
    {
        var field = Claims.Field("insurer", "A\0c\ud83d\u4f60me 🚗");
        var table = new Table("t", [new TableRow(new Dictionary<string, string> { ["a\0"] = "b\0" }, Claims.At("\udc00"))]);
        var document = new ResolvedDocument("other", 1, [1], [field], [table], []);

        var id = await database.StoreAsync(new([document], [new ClaimField(field, 0)], []));

        Assert.Equal("A\ufffdc\ufffd\u4f60me 🚗", await database.ScalarAsync<string>("SELECT insurer FROM docpipeline.claims_v1 WHERE submission_id = $1", id.Value));
    }

    [Fact]
    public async Task A_claim_without_documents_or_fields_can_be_stored_for_review()
    {
        var id = await database.StoreAsync(new([], [], []), SubmissionStates.NeedsReview, "nothing_found");

        Assert.Equal(SubmissionStates.NeedsReview, await database.StateAsync(id));
    }

    [Fact]
    public async Task Three_hundred_rows_take_milliseconds()
    {
        await database.StoreAsync(Claims.Estimate(rows: 300));
        var input = await database.PrepareAsync(Claims.Estimate(rows: 300));

        var clock = Stopwatch.StartNew();
        await database.RunAsync(new StoreClaim(database.Blobs), input);

        TestContext.Current.SendDiagnosticMessage("300 rows: {0:0.0} ms", clock.Elapsed.TotalMilliseconds);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1), $"{clock.Elapsed.TotalMilliseconds} ms");
        Assert.Equal(300, await database.ScalarAsync<long>("SELECT count(*) FROM docpipeline.table_rows_v1 WHERE submission_id = $1", input.Submission.Value));
    }
}
