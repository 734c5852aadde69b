using DocPipeline.Documents;
using DocPipeline.Ingest;
using DocPipeline.Query;
using DocPipeline.Store;
using DocPipeline.Workflow;
using Npgsql;

namespace DocPipeline.Tests.Store;

public sealed class SubmissionStatesTests(PipelineDatabase database) : IClassFixture<PipelineDatabase>
{
    private static readonly string[] All = ["processing", "accepted", "needs_review", "reviewed", "rejected", "dead"];

    private static readonly DeadLetter Letter = new("recognize-page", 4, 6, new(FailureKind.Transient, "TimeoutException", "No answer.", "at ..."));

    /// <summary>Every state with the ways to it, and what may follow.</summary>
    public static TheoryData<string, string> Arrows => new()
    {
        { "processing", "accepted needs_review rejected dead" },
        { "processing needs_review", "reviewed rejected processing dead" },
        { "processing needs_review processing", "accepted needs_review rejected dead" },
        { "processing dead", "processing" },
        { "processing needs_review dead", "needs_review" },
        { "processing accepted", "" },
        { "processing rejected", "" },
        { "processing needs_review reviewed", "" },
    };

    [Theory]
    [MemberData(nameof(Arrows))]
    public async Task Only_the_drawn_arrows_are_possible_for_worker_and_owner(string path, string allowed)
    {
        foreach (var next in All.Except([path.Split(' ')[^1]]))
        {
            var id = (await database.AcceptAsync()).Submission;
            foreach (var state in path.Split(' ').Skip(1))
            {
                Assert.True(await ChangeAsync(id, state));
            }

            if (allowed.Split(' ').Contains(next))
            {
                Assert.True(await ChangeAsync(id, next));
                Assert.Equal(next, await database.StateAsync(id));
            }
            else
            {
                var refused = await Assert.ThrowsAsync<PostgresException>(() => ChangeAsync(id, next));
                Assert.Equal("submission_state_machine", refused.ConstraintName);
                await Assert.ThrowsAsync<PostgresException>(() => database.ExecuteAsync(
                    "UPDATE docpipeline.submission SET state = $2, reason_code = 'x', reason = 'x' WHERE id = $1", id.Value, next));
            }
        }
    }

    [Fact]
    public async Task Being_there_already_is_no_change()
    {
        var id = (await database.AcceptAsync()).Submission;

        Assert.True(await ChangeAsync(id, SubmissionStates.Rejected));
        Assert.False(await ChangeAsync(id, SubmissionStates.Rejected));
        Assert.Equal(2, await database.ScalarAsync<long>("SELECT count(*) FROM docpipeline.audit WHERE submission_id = $1", id.Value));
    }

    [Fact]
    public async Task An_unknown_submission_is_an_error() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => ChangeAsync(new SubmissionId(Guid.NewGuid()), SubmissionStates.Rejected));

    [Fact]
    public async Task A_submission_that_does_not_pass_says_why()
    {
        var id = (await database.AcceptAsync()).Submission;

        var refused = await Assert.ThrowsAsync<PostgresException>(() => database.InTransactionAsync(transaction => SubmissionStates.ChangeAsync(
            transaction, new(id, SubmissionStates.Rejected, "test"), TestContext.Current.CancellationToken)));

        Assert.Equal("submission_reason_when_not_passed", refused.ConstraintName);
    }

    [Fact]
    public async Task A_reason_does_not_change_behind_the_back_of_the_audit()
    {
        var id = (await database.AcceptAsync()).Submission;
        await ChangeAsync(id, SubmissionStates.Rejected);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => PipelineDatabase.ExecuteAsync(
            database.Worker, "UPDATE docpipeline.submission SET reason = 'another' WHERE id = $1", id.Value));

        Assert.Equal("submission_state_machine", refused.ConstraintName);
    }

    [Fact]
    public async Task A_dead_letter_keeps_what_failed_and_a_replay_brings_the_submission_back_to_where_it_died()
    {
        var id = await database.StoreAsync(Claims.Estimate(), SubmissionStates.NeedsReview, "low_confidence");
        var cancel = TestContext.Current.CancellationToken;

        await database.InTransactionAsync(async transaction => Assert.True(await DeadLetters.MarkDeadAsync(transaction, id.ToString(), Letter, cancel)));
        Assert.Equal(
            "dead retries_exhausted recognize-page 4 6 transient",
            await database.ScalarAsync<string>(
                """
                SELECT concat_ws(' ', state, reason_code, state_detail ->> 'step', state_detail ->> 'stepNumber', state_detail ->> 'attempts', state_detail -> 'failure' ->> 'kind')
                FROM docpipeline.submission WHERE id = $1
                """,
                id.Value));

        await database.InTransactionAsync(async transaction => Assert.True(await DeadLetters.MarkReplayedAsync(transaction, id.ToString(), "operator", cancel)));
        await database.InTransactionAsync(async transaction => Assert.False(await DeadLetters.MarkReplayedAsync(transaction, id.ToString(), "operator", cancel)));
        Assert.Equal("needs_review low_confidence operator", await database.ScalarAsync<string>(
            "SELECT concat_ws(' ', state, reason_code, state_by) FROM docpipeline.submission WHERE id = $1", id.Value));
        Assert.Empty(await AuditVerification.VerifyAsync(database.Worker, id, cancel));
    }

    [Theory]
    [InlineData("not-a-submission")]
    [InlineData("00000000-0000-0000-0000-000000000001")]
    public async Task An_instance_that_is_no_submission_is_left_alone(string instance) => await database.InTransactionAsync(async transaction =>
    {
        Assert.False(await DeadLetters.MarkDeadAsync(transaction, instance, Letter, TestContext.Current.CancellationToken));
        Assert.False(await DeadLetters.MarkReplayedAsync(transaction, instance, "operator", TestContext.Current.CancellationToken));
    });

    [Fact]
    public async Task Terminal_is_final_for_a_dead_letter_that_comes_late()
    {
        var id = await database.StoreAsync(Claims.Estimate());

        await database.InTransactionAsync(async transaction =>
            Assert.False(await DeadLetters.MarkDeadAsync(transaction, id.ToString(), Letter, TestContext.Current.CancellationToken)));

        Assert.Equal(SubmissionStates.Accepted, await database.StateAsync(id));
    }

    private async Task<bool> ChangeAsync(SubmissionId id, string state)
    {
        var changed = false;
        await database.InTransactionAsync(async transaction => changed = await SubmissionStates.ChangeAsync(
            transaction, new(id, state, "test", "because", "Because."), TestContext.Current.CancellationToken));
        return changed;
    }
}
