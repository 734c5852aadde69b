using DocPipeline.Testing;
using DocPipeline.Workflow;
using static DocPipeline.Durable.Tests.Names;

namespace DocPipeline.Durable.Tests;

/// <summary>What has ended long ago costs nothing, whatever the planner believes about the tables.</summary>
public sealed class LongHistoryTests
{
    private const int Ended = 20_000;

    private static readonly WorkflowName<int, int> Once = new("Once", 1);

    [Fact]
    public async Task No_statement_reads_the_whole_journal_when_statistics_are_those_of_a_full_queue()
    {
        await using var harness = await Harness.CreateAsync();

        // Statistics of a burst: everything waits for its turn, nothing is recorded yet. Then all of it ends.
        await harness.ExecuteAsync("ALTER TABLE durable.instance SET (autovacuum_enabled = false); ALTER TABLE durable.step SET (autovacuum_enabled = false)");
        await harness.ExecuteAsync($"INSERT INTO durable.instance (instance_id, name, version, input) SELECT 'old-' || n, 'Once', 1, '1' FROM generate_series(1, {Ended}) n");
        await harness.ExecuteAsync("ANALYZE durable.instance, durable.step");
        await harness.ExecuteAsync("UPDATE durable.instance SET status = 'completed', wake_at = NULL, finished_at = now(), output = '2', epoch = 1");
        await harness.ExecuteAsync(
            $"""
             INSERT INTO durable.step (instance_id, step_no, round, kind, name, input_sha256, attempt_id, status, result, attempts, epoch, recorded_at)
             SELECT 'old-' || n, 1, 1, 'activity', 'add-one', sha256('1'), gen_random_uuid(), 'completed', '2', 1, 1, now() - interval '1 minute' FROM generate_series(1, {Ended}) n
             """);

        for (var number = 0; number < 60; number++)
        {
            await harness.StartAsync(Once, $"new-{number}", number);
        }

        var before = await RowsReadInWholeTablesAsync(harness);
        harness.Engine(builder => builder.Workflow(Once, (context, input) => context.CallAsync(AddOne, input)).Activity(AddOne, input => input + 1));
        await Eventually.IsTrueAsync(
            async () => await harness.ScalarAsync<long>("SELECT count(*) FROM durable.instance WHERE instance_id LIKE 'new-%' AND status = 'completed'") == 60, "all are done");
        await harness.CloseWorkersAsync();

        Assert.InRange(await RowsReadInWholeTablesAsync(harness) - before, 0, Ended / 2);
    }

    /// <summary>Rows of the journal that sequential scans have read; sessions report what they read at their end.</summary>
    private static async Task<long> RowsReadInWholeTablesAsync(Harness harness) =>
        await harness.ScalarAsync<long>("SELECT pg_stat_get_tuples_returned('durable.step'::regclass)");
}
