using DocPipeline.Documents;
using DocPipeline.Ingest;
using DocPipeline.Review;
using DocPipeline.Store;
using DocPipeline.Tests.Store;
using Npgsql;

namespace DocPipeline.Tests.Review;

public sealed class ReviewDeskTests(PipelineDatabase database) : IClassFixture<PipelineDatabase>
{
    private static readonly PageGroup[] Merged = [new("invoice", [1, 2, 3])];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_decision_is_kept_with_everything_that_its_event_needs()
    {
        var id = await WaitingAsync();
        var decision = Decide(ReviewDecision.Approve) with
        {
            Corrections = [new("total_amount", "1.00", 2, new Box(0.1, 0.2, 0.3, 0.4)), new("vin", null)],
            Cells = [new(0, "line_items", 1, "amount", "7.00")],
        };

        await database.Desk().DecideAsync(id, version: 2, decision, Cancelled);

        var kept = (await new PendingDecisions(database.Worker, null!).FindAsync(id, Cancelled))!;
        Assert.True(decision.IsSameAs(kept));
        Assert.Equal(decision.Corrections, kept.Corrections);
        Assert.Equal(decision.Cells, kept.Cells);
    }

    [Fact]
    public async Task Of_many_who_decide_differently_at_once_one_is_recorded_and_the_others_are_told_who()
    {
        var id = await WaitingAsync();
        string[] decisions = [ReviewDecision.Regroup, ReviewDecision.SendBack, ReviewDecision.Approve, ReviewDecision.Reject];

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => database.Desk().DecideAsync(id, version: 2, Decide(decisions[i % 4], $"person {i}"), Cancelled)));

        Assert.Single(answers, answer => answer.Result == DeskResult.Recorded);
        var winner = await database.ScalarAsync<string>("SELECT by FROM docpipeline.review_action WHERE submission_id = $1", id.Value);
        Assert.Equal(15, answers.Count(answer => answer == new DeskAnswer(DeskResult.TooLate, winner)));
    }

    [Theory]
    [InlineData(ReviewDecision.Regroup)]
    [InlineData(ReviewDecision.SendBack)]
    public async Task Who_holds_a_document_decides_about_it_until_the_hold_runs_out(string decision)
    {
        var id = await WaitingAsync();
        Assert.True(await database.Desk().TakeAsync(id, "holder", force: false, Cancelled));
        var held = await database.Desk().DecideAsync(id, version: 2, Decide(decision), Cancelled);
        Assert.True(await database.Desk(new() { Hold = TimeSpan.Zero }).TakeAsync(id, "holder", force: false, Cancelled));

        var expired = await database.Desk().DecideAsync(id, version: 2, Decide(decision), Cancelled);

        Assert.Equal((new DeskAnswer(DeskResult.Held, "holder"), new DeskAnswer(DeskResult.Recorded)), (held, expired));
    }

    [Fact]
    public async Task After_a_regrouping_what_somebody_saw_before_decides_nothing_and_a_first_approval_is_gone()
    {
        var id = await WaitingAsync();
        var desk = database.Desk(new() { FourEyesAbove = 1000 });
        Assert.Equal(DeskResult.NeedsAnother, (await desk.DecideAsync(id, version: 2, Decide(ReviewDecision.Approve, "first"), Cancelled)).Result);
        await database.DecideAsync(id, Decide(ReviewDecision.Regroup, "second"));
        await database.RunAsync(new StoreClaim(database.Blobs), await database.PrepareAgainAsync(id, Claims.Estimate(), []));

        var stale = await desk.DecideAsync(id, version: 2, Decide(ReviewDecision.Approve, "third"), Cancelled);
        var first = await desk.DecideAsync(id, version: 4, Decide(ReviewDecision.Approve, "third"), Cancelled);
        var same = await desk.DecideAsync(id, version: 4, Decide(ReviewDecision.Approve, "third"), Cancelled);

        Assert.Equal((new DeskAnswer(DeskResult.TooLate, "second"), new DeskAnswer(DeskResult.NeedsAnother), new DeskAnswer(DeskResult.SamePerson)), (stale, first, same));
    }

    [Fact]
    public async Task A_claim_goes_back_to_who_approved_it_first_and_needs_two_people_again()
    {
        var id = await WaitingAsync();
        var desk = database.Desk(new() { FourEyesAbove = 1000 });
        await desk.DecideAsync(id, version: 2, Decide(ReviewDecision.Approve, "first"), Cancelled);

        var own = await desk.ReturnAsync(id, version: 2, approval: null, "First", "Look.", Cancelled);
        var returned = await desk.ReturnAsync(id, version: 2, approval: null, "second", "The date is that of the letter.", Cancelled);
        var again = await desk.ReturnAsync(id, version: 2, approval: null, "third", "Look.", Cancelled);
        var seen = (await new ReviewCases(database.Worker).FindAsync(id, Cancelled))!;
        var waiting = Assert.Single(await new QueueItems(database.Worker).ListAsync(new(Mine: "first"), 10, Cancelled), item => item.Id == id);
        var first = await desk.DecideAsync(id, version: 2, Decide(ReviewDecision.Approve, "first"), Cancelled);
        var second = await desk.DecideAsync(id, version: 2, Decide(ReviewDecision.Approve, "second"), Cancelled);

        Assert.Equal((new DeskAnswer(DeskResult.SamePerson), new DeskAnswer(DeskResult.Recorded), new DeskAnswer(DeskResult.TooLate, "second")), (own, returned, again));
        Assert.Equal(("first", "second", "The date is that of the letter.", null), (seen.FirstApproval?.By, seen.Returned?.By, seen.Returned?.Note, seen.StandingApproval));
        Assert.Equal(("first", "second"), (waiting.FirstApprovalBy, waiting.ReturnedBy));
        Assert.Equal((DeskResult.NeedsAnother, DeskResult.Recorded), (first.Result, second.Result));
        Assert.Equal(
            "first_approval first, return second first, first_approval first, approve second first",
            await database.ScalarAsync<string>("SELECT string_agg(concat_ws(' ', kind, by, first_by), ', ' ORDER BY id) FROM docpipeline.review_action WHERE submission_id = $1", id.Value));
    }

    [Fact]
    public async Task Of_many_who_return_it_and_approve_it_at_once_one_is_recorded()
    {
        var id = await WaitingAsync();
        var desk = database.Desk(new() { FourEyesAbove = 1000 });
        await desk.DecideAsync(id, version: 2, Decide(ReviewDecision.Approve, "first"), Cancelled);
        var seen = (await new ReviewCases(database.Worker).FindAsync(id, Cancelled))!.StandingApproval!.Id;

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => i % 2 == 0
            ? desk.ReturnAsync(id, version: 2, seen, $"person {i}", "Look.", Cancelled)
            : desk.DecideAsync(id, version: 2, seen, Decide(ReviewDecision.Approve, $"person {i}"), Cancelled)));

        Assert.Single(answers, answer => answer.Result == DeskResult.Recorded);
        Assert.Equal(11, answers.Count(answer => answer.Result == DeskResult.TooLate));
    }

    [Fact]
    public async Task Who_has_not_seen_the_other_approval_decides_nothing()
    {
        var id = await WaitingAsync();
        var desk = database.Desk(new() { FourEyesAbove = 1000 });
        await desk.DecideAsync(id, version: 2, approval: 0, Decide(ReviewDecision.Approve, "first"), Cancelled);
        var seen = (await new ReviewCases(database.Worker).FindAsync(id, Cancelled))!.StandingApproval!.Id;
        await desk.ReturnAsync(id, version: 2, seen, "second", "Look.", Cancelled);
        await desk.DecideAsync(id, version: 2, approval: 0, Decide(ReviewDecision.Approve, "first"), Cancelled);

        var stale = await desk.DecideAsync(id, version: 2, seen, Decide(ReviewDecision.Approve, "third"), Cancelled);

        Assert.Equal(new DeskAnswer(DeskResult.TooLate, "first"), stale);
    }

    [Fact]
    public async Task What_was_returned_comes_next_to_who_approved_it_first_and_to_nobody_else()
    {
        // The older one would come first.
        await WaitingAsync();
        var id = await WaitingAsync();
        var desk = database.Desk(new() { FourEyesAbove = 1000 });
        var queue = new QueueItems(database.Worker);
        await desk.DecideAsync(id, version: 2, Decide(ReviewDecision.Approve, "opener"), Cancelled);
        await desk.ReturnAsync(id, version: 2, approval: null, "second", "Look.", Cancelled);

        Assert.Equal(id, await queue.PeekAsync("opener", after: null, Cancelled));
        Assert.NotEqual(id, await queue.PeekAsync("third", after: null, Cancelled));
        Assert.NotEqual(id, await queue.PeekAsync("second", after: null, Cancelled));
    }

    [Fact]
    public async Task A_return_needs_a_note_an_approval_and_a_document_that_nobody_else_holds()
    {
        var id = await WaitingAsync();
        var desk = database.Desk(new() { FourEyesAbove = 1000 });

        Assert.Contains("needs a note", (await Assert.ThrowsAsync<DecisionFault>(() => desk.ReturnAsync(id, version: 2, approval: null, "second", " ", Cancelled))).Message, StringComparison.Ordinal);
        Assert.Contains("Nobody has approved it", (await Assert.ThrowsAsync<DecisionFault>(() => desk.ReturnAsync(id, version: 2, approval: null, "second", "Look.", Cancelled))).Message, StringComparison.Ordinal);
        await desk.DecideAsync(id, version: 2, Decide(ReviewDecision.Approve, "first"), Cancelled);
        Assert.True(await desk.TakeAsync(id, "holder", force: false, Cancelled));
        Assert.Equal(new DeskAnswer(DeskResult.Held, "holder"), await desk.ReturnAsync(id, version: 2, approval: null, "second", "Look.", Cancelled));
    }

    [Theory]
    [InlineData("1 2", "repair_estimate", "Each of the pages 1, 2, 3 belongs to one document")]
    [InlineData("1 2 3 4", "repair_estimate", "Each of the pages 1, 2, 3 belongs to one document")]
    [InlineData("1 2 2 3", "repair_estimate", "Page 2 is in more than one document")]
    [InlineData("2 1 3", "repair_estimate", "in ascending order")]
    [InlineData("", "repair_estimate", "at least one page")]
    [InlineData("1 2 3", "poem", "There is no type 'poem'")]
    public async Task A_regrouping_that_does_not_fit_is_refused(string pages, string type, string words)
    {
        var id = await WaitingAsync();
        var decision = Decide(ReviewDecision.Regroup) with { Documents = [new(type, [.. pages.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)])] };

        var refused = await Assert.ThrowsAsync<DecisionFault>(() => database.Desk().DecideAsync(id, version: 2, decision, Cancelled));

        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_stay_or_was_never_read_is_refused()
    {
        var id = await WaitingAsync();
        await database.AcceptAsync("twice at the desk");
        var twin = await database.AcceptAsync("twice at the desk");
        await database.RunAsync(new FlagDuplicate(), new Submission(twin.Submission, "bucket", "k", "v", new ContentHash(new string('a', 64)), 1, twin.DuplicateOf));
        var regroup = Decide(ReviewDecision.Regroup);

        Assert.Contains("can have a field 'no_such_field'", await RefusedAsync(id, regroup with { Corrections = [new("no_such_field", "1")] }), StringComparison.Ordinal);
        Assert.Contains("corrections of cells cannot stay", await RefusedAsync(id, regroup with { Cells = [new(0, "t", 1, "c", "1")] }), StringComparison.Ordinal);
        Assert.Contains("Nothing was read from this file", await RefusedAsync(twin.Submission, regroup), StringComparison.Ordinal);
        Assert.Contains("tells the sender why", await RefusedAsync(id, Decide(ReviewDecision.SendBack) with { Note = " " }), StringComparison.Ordinal);
    }

    /// <summary>What stood in the two records of older versions is in the one of this version, and can be raised again.</summary>
    [Fact]
    public async Task Decisions_of_older_versions_are_taken_over()
    {
        await using var older = await Testing.TestDatabase.CreateAsync();
        var migrations = Migrations.PipelineSchema.Sql.Below("Migrations/").Order(StringComparer.Ordinal).ToList();
        foreach (var name in migrations.Where(name => string.CompareOrdinal(name, "Migrations/docpipeline_012") < 0))
        {
            await ExecuteAsync(older.Owner, Migrations.PipelineSchema.Sql[name]);
        }

        await ExecuteAsync(older.Owner,
            """
            INSERT INTO docpipeline.content (sha256, size, first_submission)
            SELECT repeat(i::text, 64), 1, ('00000000-0000-0000-0000-00000000000' || i)::uuid FROM generate_series(1, 3) i;
            INSERT INTO docpipeline.submission (id, bucket, key, version, content, size, state, state_by)
            SELECT c.first_submission, 'b', left(c.sha256, 1), 'v', c.sha256, 1, 'processing', 'test' FROM docpipeline.content c
            """);
        await ExecuteAsync(older.Owner,
            """
            UPDATE docpipeline.submission SET state = 'needs_review', reason_code = 'r', reason = 'R', state_by = 'test';
            INSERT INTO docpipeline.review_decision VALUES
              ('00000000-0000-0000-0000-000000000001', 'approve', 'a', '2026-03-01T10:00:00Z', NULL, '[{"field": "vin", "from": null, "to": "V1", "page": 2, "x0": 0.1, "y0": 0.2, "x1": 0.3, "y1": 0.4}]'),
              ('00000000-0000-0000-0000-000000000002', 'reject', 'b', '2026-03-01T11:00:00Z', 'No.', '[]');
            INSERT INTO docpipeline.review_action (submission_id, version, kind, by, note, changes) VALUES
              ('00000000-0000-0000-0000-000000000002', 2, 'reject', 'b', 'No.', '[]'),
              ('00000000-0000-0000-0000-000000000003', 2, 'first_approval', 'c', NULL, '[]'),
              ('00000000-0000-0000-0000-000000000003', 2, 'approve', 'd', NULL, '[{"field": "vin", "from": "V", "to": null, "page": 3}, {"field": "cell.0.line_items.2.amount", "from": "1.00", "to": "2.00", "page": null}]');
            UPDATE docpipeline.submission SET state = 'rejected', reason_code = 'rejected_by_reviewer', reason = 'No.', state_by = 'b' WHERE key = '2';
            """);
        foreach (var name in migrations.Where(name => string.CompareOrdinal(name, "Migrations/docpipeline_012") >= 0))
        {
            await ExecuteAsync(older.Owner, Migrations.PipelineSchema.Sql[name]);
        }

        var pending = new PendingDecisions(older.Owner, null!);
        var one = (await pending.FindAsync(new(Guid.Parse("00000000-0000-0000-0000-000000000001")), Cancelled))!;
        var three = (await pending.FindAsync(new(Guid.Parse("00000000-0000-0000-0000-000000000003")), Cancelled))!;

        Assert.Equal(("approve", "a", new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero)), (one.Decision, one.By, one.At));
        Assert.Equal([new FieldCorrection("vin", "V1", 2, new Box(0.1, 0.2, 0.3, 0.4))], one.Corrections);
        Assert.Null(await pending.FindAsync(new(Guid.Parse("00000000-0000-0000-0000-000000000002")), Cancelled));
        Assert.Equal([new FieldCorrection("vin", null)], three.Corrections);
        Assert.Equal([new CellCorrection(0, "line_items", 2, "amount", "2.00")], three.Cells);
        await using var connection = await older.Owner.OpenConnectionAsync(Cancelled);
        foreach (var invariant in Migrations.PipelineSchema.Invariants.Where(invariant => invariant.Name is "actions_are_carried_out" or "reviews_are_what_they_decided"))
        {
            Assert.Equal((invariant.Name, 0L), (invariant.Name, (await invariant.CheckAsync(connection, 1, Cancelled)).Broken));
        }
    }

    private static async Task ExecuteAsync(NpgsqlDataSource owner, string statements)
    {
        await using var command = owner.CreateCommand(statements);
        await command.ExecuteNonQueryAsync(Cancelled);
    }

    private Task<SubmissionId> WaitingAsync() => database.StoreAsync(Claims.Estimate(), SubmissionStates.NeedsReview, "low_confidence");

    private async Task<string> RefusedAsync(SubmissionId id, ReviewDecision decision) =>
        (await Assert.ThrowsAsync<DecisionFault>(() => database.Desk().DecideAsync(id, version: null, decision, Cancelled))).Message;

    private static ReviewDecision Decide(string decision, string by = "someone") =>
        new(decision, by, DateTimeOffset.UtcNow, "Because.", [], Documents: decision == ReviewDecision.Regroup ? Merged : null);
}
