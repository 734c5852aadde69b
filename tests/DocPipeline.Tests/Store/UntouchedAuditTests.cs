using DocPipeline.Ingest;
using DocPipeline.Query;
using Npgsql;

namespace DocPipeline.Tests.Store;

/// <summary>On a database of its own: the other tests of the audit tamper with theirs.</summary>
public sealed class UntouchedAuditTests(PipelineDatabase database) : IClassFixture<PipelineDatabase>
{
    [Fact]
    public async Task The_chain_of_an_untouched_database_holds_whatever_the_session_looks_like()
    {
        for (var i = 0; i < 3; i++)
        {
            await database.StoreAsync(Claims.Estimate(), SubmissionStates.NeedsReview, "low_confidence");
        }

        var elsewhere = new NpgsqlDataSourceBuilder(database.Worker.ConnectionString)
        {
            ConnectionStringBuilder = { Password = "worker", Timezone = "Asia/Kathmandu", Options = "-c datestyle=German -c intervalstyle=sql_standard" },
        };
        await using var source = elsewhere.Build();

        Assert.Empty(await AuditVerification.VerifyAsync(source, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(0, await database.ScalarAsync<long>(
            "SELECT count(*) FROM docpipeline.audit a FULL JOIN docpipeline.outbox o ON (o.submission_id, o.audit_seq) = (a.submission_id, a.seq) WHERE a.seq IS NULL OR o.id IS NULL"));
    }
}
