using DocPipeline.Ingest;
using DocPipeline.Query;
using DocPipeline.Store;
using Npgsql;

namespace DocPipeline.Tests.Store;

public sealed class AuditTests(PipelineDatabase database) : IClassFixture<PipelineDatabase>
{
    [Theory]
    [InlineData("UPDATE docpipeline.audit SET reason = 'nothing' WHERE submission_id = $1")]
    [InlineData("DELETE FROM docpipeline.audit WHERE submission_id = $1")]
    [InlineData("TRUNCATE docpipeline.audit CASCADE")]
    public async Task Even_the_owner_cannot_change_the_audit_by_mistake(string statement)
    {
        var id = (await database.AcceptAsync()).Submission;
        object[] values = statement.Contains("$1", StringComparison.Ordinal) ? [id.Value] : [];

        var refused = await Assert.ThrowsAsync<PostgresException>(() => database.ExecuteAsync(statement, values));

        Assert.Equal("audit_is_append_only", refused.ConstraintName);
    }

    [Theory]
    [InlineData("UPDATE docpipeline.audit SET reason = 'nothing' WHERE submission_id = $1 AND seq = 2", "2 the row is not as it was written")]
    [InlineData("UPDATE docpipeline.audit SET at = at - interval '1 day' WHERE submission_id = $1 AND seq = 1", "1 the row is not as it was written")]
    [InlineData("UPDATE docpipeline.audit SET detail = '{}' WHERE submission_id = $1 AND seq = 2", "2 the row is not as it was written")]
    [InlineData("DELETE FROM docpipeline.audit WHERE submission_id = $1 AND seq = 1", "2 a row before it is missing")]
    [InlineData("DELETE FROM docpipeline.audit WHERE submission_id = $1 AND seq = 2", "1 the submission is not what its newest row says")]
    [InlineData("DELETE FROM docpipeline.audit WHERE submission_id = $1", "0 the submission has no audit")]
    [InlineData(
        """
        UPDATE docpipeline.audit SET by = 'nobody', hash = docpipeline.audit_hash(prev_hash, submission_id, seq, at, from_state, to_state, reason_code, reason, 'nobody', detail)
        WHERE submission_id = $1 AND seq = 1
        """,
        "2 the row does not follow the one before it")]
    [InlineData("UPDATE docpipeline.submission SET reason = 'nothing' WHERE id = $1", "2 the submission is not what its newest row says")]
    public async Task Tampering_by_the_owner_is_found(string tampering, string fault)
    {
        var id = await database.StoreAsync(Claims.Estimate(), SubmissionStates.NeedsReview, "low_confidence");
        var other = await database.StoreAsync(Claims.Estimate());
        await using (var connection = await database.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken))
        await using (var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await RunAsync("ALTER TABLE docpipeline.outbox DROP CONSTRAINT IF EXISTS outbox_audit_known");
            await RunAsync("ALTER TABLE docpipeline.audit DISABLE TRIGGER USER; ALTER TABLE docpipeline.submission DISABLE TRIGGER USER");
            await RunAsync(tampering, id.Value);
            await RunAsync(
                """
                ALTER TABLE docpipeline.audit ENABLE ALWAYS TRIGGER audit_is_append_only;
                ALTER TABLE docpipeline.submission ENABLE ALWAYS TRIGGER submission_state_machine;
                ALTER TABLE docpipeline.submission ENABLE ALWAYS TRIGGER submission_is_audited
                """);
            await transaction.CommitAsync(TestContext.Current.CancellationToken);

            async Task RunAsync(string statement, params object[] values)
            {
                await using var command = new NpgsqlCommand(statement, connection, transaction);
                foreach (var value in values)
                {
                    command.Parameters.Add(new() { Value = value });
                }

                await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            }
        }

        var faults = await AuditVerification.VerifyAsync(database.Worker, id, TestContext.Current.CancellationToken);

        Assert.Contains(fault, faults.Select(found => $"{found.Sequence} {found.Problem}"));
        Assert.Empty(await AuditVerification.VerifyAsync(database.Worker, other, TestContext.Current.CancellationToken));
    }
}
