using System.Text.Json;
using DocPipeline.Documents;
using DocPipeline.Ingest;
using DocPipeline.Review;
using DocPipeline.Store;
using DocPipeline.Tests.Store;
using DocPipeline.Workflow;
using Npgsql;

namespace DocPipeline.Tests.Ingest;

public sealed class SubmissionIntakeTests(PipelineDatabase database) : IClassFixture<PipelineDatabase>
{
    [Fact]
    public async Task A_new_object_becomes_a_submission_with_its_bytes_and_its_workflow()
    {
        var result = await database.AcceptAsync("hello", key: "new/hello.txt");

        Assert.Equal(IntakeOutcome.New, result.Outcome);
        Assert.Equal(SubmissionStates.Processing, await database.StateAsync(result.Submission));
        var started = await database.ScalarAsync<string>("SELECT input::text FROM public.started_workflow WHERE instance_id = $1", result.Submission.ToString());
        var submission = JsonSerializer.Deserialize<Submission>(started)!;
        Assert.Equal((result.Submission, "bucket", "new/hello.txt", 5), (submission.Id, submission.Bucket, submission.Key, submission.Size));
        Assert.Equal("hello", await File.ReadAllTextAsync(database.Blobs.PathOf(submission.Content), TestContext.Current.CancellationToken));
        Assert.Equal(submission.Content.Value, submission.Version);
    }

    [Fact]
    public async Task The_next_version_of_what_was_sent_back_names_it_and_no_other_does()
    {
        var sentBack = await database.StoreAsync(Claims.Estimate(), SubmissionStates.NeedsReview, "low_confidence");
        var (bucket, key) = ("bucket", await database.ScalarAsync<string>("SELECT key FROM docpipeline.submission WHERE id = $1", sentBack.Value));
        await database.DecideAsync(sentBack, new(ReviewDecision.SendBack, "someone", DateTimeOffset.UtcNow, "Unreadable.", []));

        var other = await database.AcceptAsync();
        var better = await database.AcceptAsync(key: key);
        var later = await database.AcceptAsync(key: key);

        Assert.Equal($"{sentBack} {sentBack}", await database.ScalarAsync<string>(
            """
            SELECT concat_ws(' ', s.replaces, o.payload ->> 'replaces') FROM docpipeline.submissions_v1 s JOIN docpipeline.outbox o ON o.submission_id = s.submission_id AND o.audit_seq = 1
            WHERE s.submission_id = $1 AND s.bucket = $2
            """,
            better.Submission.Value, bucket));
        Assert.Equal(0, await database.ScalarAsync<long>("SELECT count(replaces) FROM docpipeline.submission WHERE id IN ($1, $2)", other.Submission.Value, later.Submission.Value));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => database.ExecuteAsync("UPDATE docpipeline.submission SET replaces = NULL WHERE id = $1", better.Submission.Value));
        Assert.Equal("submission_identity_is_final", refused.ConstraintName);
    }

    [Fact]
    public async Task The_same_event_again_is_answered_without_reading_the_bytes()
    {
        var first = await database.AcceptAsync(eventKey: "event-again", key: "again.pdf", version: "v1");

        var again = await database.Intake().AcceptAsync(
            new("test", "event-again", "bucket", "again.pdf", "v1"), new UnreadableStream(), TestContext.Current.CancellationToken);

        Assert.Equal((first.Submission, IntakeOutcome.KnownEvent), (again.Submission, again.Outcome));
    }

    [Fact]
    public async Task Another_event_for_the_same_version_finds_the_submission_and_is_remembered_itself()
    {
        var first = await database.AcceptAsync(eventKey: "one", key: "twice.pdf", version: "v1");
        var incoming = new IncomingObject("test", "two", "bucket", "twice.pdf", "v1");

        var second = await database.Intake().AcceptAsync(incoming, new UnreadableStream(), TestContext.Current.CancellationToken);
        var third = await database.Intake().AcceptAsync(incoming, new UnreadableStream(), TestContext.Current.CancellationToken);

        Assert.Equal((first.Submission, IntakeOutcome.KnownSubmission), (second.Submission, second.Outcome));
        Assert.Equal((first.Submission, IntakeOutcome.KnownEvent), (third.Submission, third.Outcome));
    }

    [Fact]
    public async Task New_bytes_under_the_same_key_are_a_new_submission()
    {
        var first = await database.AcceptAsync(key: "same-key.pdf");
        var second = await database.AcceptAsync(key: "same-key.pdf");

        Assert.NotEqual(first.Submission, second.Submission);
        Assert.Equal((IntakeOutcome.New, null), (second.Outcome, second.DuplicateOf));
    }

    [Fact]
    public async Task Known_bytes_under_a_new_name_are_a_submission_of_their_own_that_names_the_first()
    {
        var first = await database.AcceptAsync("known bytes", key: "first-name.pdf");
        var second = await database.AcceptAsync("known bytes", key: "second-name.pdf");

        Assert.Equal((IntakeOutcome.New, first.Submission), (second.Outcome, second.DuplicateOf));
        await database.RunAsync(
            new RejectSubmission(), new Rejection(first.Submission, FaultCodes.Encrypted, "It wants a password."));
        var flagged = await database.RunAsync(new FlagDuplicate(), await StartedWithAsync(second.Submission));

        Assert.Equal(new SubmissionOutcome(SubmissionStates.NeedsReview, "duplicate_file"), flagged);
        Assert.Equal(
            "The same file as 'first-name.pdf' in bucket, which was rejected (It wants a password.). It was not read a second time.",
            await database.ScalarAsync<string>("SELECT reason FROM docpipeline.submission WHERE id = $1", second.Submission.Value));
    }

    [Theory]
    [InlineData(SubmissionStates.Processing)]
    [InlineData(SubmissionStates.NeedsReview)]
    [InlineData(SubmissionStates.Dead)]
    public async Task A_state_that_will_pass_is_not_in_the_reason_of_a_duplicate(string state)
    {
        var bytes = $"known bytes of one that is {state}";
        var first = await database.AcceptAsync(bytes, key: "first.pdf");
        var second = await database.AcceptAsync(bytes, key: "second.pdf");
        if (state != SubmissionStates.Processing)
        {
            await database.InTransactionAsync(transaction => SubmissionStates.ChangeAsync(
                transaction, new(first.Submission, state, "test", "because", "Because."), TestContext.Current.CancellationToken));
        }

        await database.RunAsync(new FlagDuplicate(), await StartedWithAsync(second.Submission));

        Assert.Equal(
            "The same file as 'first.pdf' in bucket. It was not read a second time.",
            await database.ScalarAsync<string>("SELECT reason FROM docpipeline.submission WHERE id = $1", second.Submission.Value));
    }

    [Fact]
    public async Task Too_large_a_file_is_recorded_as_rejected_and_its_bytes_are_not_kept()
    {
        var result = await database.AcceptAsync("longer than ten bytes", key: "large.pdf", intake: database.Intake(maxBytes: 10));

        Assert.Equal((IntakeOutcome.New, SubmissionStates.Rejected, FaultCodes.TooLarge), (result.Outcome, result.State, result.ReasonCode));
        Assert.Equal(SubmissionStates.Rejected, await database.StateAsync(result.Submission));
        Assert.Equal(0, await database.ScalarAsync<long>("SELECT count(*) FROM public.started_workflow WHERE instance_id = $1", result.Submission.ToString()));
        Assert.Empty(Directory.GetFiles(Path.Combine(database.Folder.FullName, "blobs", "incoming")));
    }

    [Fact]
    public async Task An_empty_file_is_taken_in_and_left_to_the_workflow()
    {
        var result = await database.AcceptAsync("", key: "empty.pdf");

        Assert.Equal((IntakeOutcome.New, SubmissionStates.Processing), (result.Outcome, result.State));
    }

    [Theory]
    [InlineData("NUL", "a\0b.pdf")]
    [InlineData("empty", "")]
    public async Task Names_that_cannot_be_stored_are_refused_with_a_reason(string word, string key)
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => database.Intake().AcceptAsync(
            new("test", "names", "bucket", key, null), new UnreadableStream(), TestContext.Current.CancellationToken));

        Assert.Contains(word, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_longest_names_fit_even_when_they_do_not_compress()
    {
        var random = new Random(17);
        string Name(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => (char)random.Next('!', '~')));
        using var content = new MemoryStream([1, 2, 3]);

        var result = await database.Intake().AcceptAsync(
            new(Name(256), Name(2300), Name(256), Name(2048), Name(256)), content, TestContext.Current.CancellationToken);

        Assert.Equal(IntakeOutcome.New, result.Outcome);
    }

    [Theory]
    [InlineData("event")]
    [InlineData("version")]
    [InlineData("content")]
    public async Task Of_eight_racers_one_makes_the_submission(string same)
    {
        for (var round = 0; round < 5; round++)
        {
            var key = $"race-{same}-{round}";
            var intake = database.Intake();
            var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(racer => Task.Run(() => database.AcceptAsync(
                text: same == "content" ? key : null,
                key: same == "content" ? $"{key}-{racer}" : key,
                eventKey: same == "event" ? key : null,
                version: same == "version" ? "v1" : null,
                intake: intake))));

            if (same == "content")
            {
                var first = Assert.Single(results, result => result.DuplicateOf is null);
                Assert.All(results.Except([first]), result => Assert.Equal((IntakeOutcome.New, first.Submission), (result.Outcome, result.DuplicateOf)));
            }
            else
            {
                Assert.Single(results, result => result.Outcome == IntakeOutcome.New);
                Assert.Single(results.DistinctBy(result => result.Submission));
            }

            var submissions = await database.ScalarAsync<long>("SELECT count(*) FROM docpipeline.submission WHERE key LIKE $1", key + "%");
            var instances = await database.ScalarAsync<long>("SELECT count(*) FROM public.started_workflow WHERE input ->> 'Key' LIKE $1", key + "%");
            Assert.Equal((same == "content" ? 8 : 1, submissions), (submissions, instances));
        }
    }

    [Fact]
    public async Task A_workflow_that_cannot_start_leaves_nothing_behind_and_the_event_works_later()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => database.AcceptAsync(
            "no engine", key: "no-engine.pdf", eventKey: "no-engine", intake: database.Intake(new NoEngine())));
        var nothing = await database.ScalarAsync<long>(
            "SELECT (SELECT count(*) FROM docpipeline.submission WHERE key = 'no-engine.pdf') + (SELECT count(*) FROM docpipeline.bucket_event WHERE event_key = 'no-engine')");

        var later = await database.AcceptAsync("no engine", key: "no-engine.pdf", eventKey: "no-engine");

        Assert.Equal(0, nothing);
        Assert.Equal((IntakeOutcome.New, null), (later.Outcome, later.DuplicateOf));
    }

    private async Task<Submission> StartedWithAsync(SubmissionId id) => JsonSerializer.Deserialize<Submission>(
        await database.ScalarAsync<string>("SELECT input::text FROM public.started_workflow WHERE instance_id = $1", id.ToString()))!;

    private sealed class UnreadableStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("Nobody should read this.");
    }

    private sealed class NoEngine : IWorkflowClient
    {
        public Task<bool> StartAsync<TIn, TOut>(
            WorkflowName<TIn, TOut> workflow, string instanceId, TIn input, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("The engine is away.");

        public Task RaiseEventAsync<T>(
            string instanceId, EventName<T> name, string deduplicationKey, T payload, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("The engine is away.");
    }
}
