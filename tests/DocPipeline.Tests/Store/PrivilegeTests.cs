using Npgsql;

namespace DocPipeline.Tests.Store;

public sealed class PrivilegeTests(PipelineDatabase database) : IClassFixture<PipelineDatabase>
{
    [Fact]
    public async Task The_reader_reads_every_view_and_no_table_and_writes_nothing()
    {
        await database.StoreAsync(Claims.Estimate());
        var relations = new List<(string Name, bool View)>();
        await using (var command = database.Owner.CreateCommand(
            "SELECT relname, relkind = 'v' AND relname ~ '_v[0-9]+$' FROM pg_class WHERE relnamespace = 'docpipeline'::regnamespace AND relkind IN ('r', 'v', 'S', 'm', 'p')"))
        await using (var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken))
        {
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                relations.Add((reader.GetString(0), reader.GetBoolean(1)));
            }
        }

        Assert.Equal(9, relations.Count(relation => relation.View));
        foreach (var (name, view) in relations)
        {
            if (view)
            {
                await PipelineDatabase.ScalarAsync<long>(database.Reader, $"SELECT count(*) FROM docpipeline.{name}");
                await RefusedAsync(database.Reader, $"DELETE FROM docpipeline.{name}");
            }
            else
            {
                await RefusedAsync(database.Reader, $"SELECT * FROM docpipeline.{name}");
            }
        }
    }

    [Theory]
    [InlineData("UPDATE docpipeline.audit SET by = 'nobody'")]
    [InlineData("DELETE FROM docpipeline.audit")]
    [InlineData("TRUNCATE docpipeline.audit CASCADE")]
    [InlineData("INSERT INTO docpipeline.audit SELECT * FROM docpipeline.audit")]
    [InlineData("INSERT INTO docpipeline.outbox (submission_id, audit_seq, topic, payload) VALUES (gen_random_uuid(), 1, 'x', '{}')")]
    [InlineData("UPDATE docpipeline.outbox SET payload = '{}'")]
    [InlineData("DELETE FROM docpipeline.outbox")]
    [InlineData("UPDATE docpipeline.webhook_endpoint SET url = 'https://example.org/'")]
    [InlineData("UPDATE docpipeline.webhook_endpoint SET secret = ''")]
    [InlineData("DELETE FROM docpipeline.webhook_delivery")]
    [InlineData("DELETE FROM docpipeline.submission")]
    [InlineData("UPDATE docpipeline.submission SET key = 'other'")]
    [InlineData("UPDATE docpipeline.claim SET content = 'other'")]
    [InlineData("DELETE FROM docpipeline.claim")]
    [InlineData("UPDATE docpipeline.document_field SET value = 'other'")]
    [InlineData("ALTER TABLE docpipeline.audit DISABLE TRIGGER ALL")]
    public async Task The_worker_cannot(string statement) => await RefusedAsync(database.Worker, statement);

    private static async Task RefusedAsync(NpgsqlDataSource role, string statement)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => PipelineDatabase.ExecuteAsync(role, statement));

        // A view over a join cannot be written by anybody, which Postgres says first.
        Assert.Contains(refused.SqlState, new[] { PostgresErrorCodes.InsufficientPrivilege, PostgresErrorCodes.ObjectNotInPrerequisiteState });
    }
}
