using System.Diagnostics;
using DocPipeline.Durable;
using DocPipeline.Workflow;

namespace DocPipeline.Proof.Bench.Engine;

/// <summary>What the engine does in a second and how soon. Every figure is by the database's clock, on a database of its own.</summary>
internal sealed class EngineBench(int workflows, int jobs, int kills, TextWriter log)
{
    private const int StepsOfWorkflow = 5;
    private const int ReplayedSteps = 1000;
    private const double StartSeconds = 10;
    private const int Restarts = 3;

    public async Task<EngineReport> RunAsync(CancellationToken cancellationToken)
    {
        await log.WriteLineAsync("Warming up");
        await RateAsync(500, StepsOfWorkflow, cancellationToken);
        await log.WriteLineAsync($"{workflows} workflows of {StepsOfWorkflow} activities");
        var whole = await RateAsync(workflows, StepsOfWorkflow, cancellationToken);
        await log.WriteLineAsync($"{jobs} workflows of one activity");
        var single = await RateAsync(jobs, steps: 1, cancellationToken);
        await log.WriteLineAsync("Starts at half the rate");
        var start = await StartsAsync(whole.PerSecond / 2, cancellationToken);
        await log.WriteLineAsync($"Replay of {ReplayedSteps} steps");
        var replay = await ReplayAsync(cancellationToken);
        await log.WriteLineAsync($"{kills} kills of a worker");
        var recovery = await Recovery.MeasureAsync(kills, cancellationToken);
        await log.WriteLineAsync($"{Restarts} restarts of Postgres");
        var restarts = new List<double>();
        while (restarts.Count < Restarts)
        {
            restarts.Add(await Restart.MeasureAsync(whole.PerSecond, cancellationToken));
        }

        return new(whole, single, start, replay, recovery, [.. restarts.Order()]);
    }

    private static async Task<EngineRate> RateAsync(int instances, int steps, CancellationToken cancellationToken)
    {
        await using var database = await EngineDatabase.CreateAsync(cancellationToken);
        await database.StartAllAsync(NoOps.Chain, "chain", instances, steps, cancellationToken);
        var before = await CostsAsync(database, cancellationToken);
        await using var engine = database.Engine();
        var started = await database.ScalarAsync("SELECT extract(epoch FROM clock_timestamp())", cancellationToken);
        await engine.StartAsync(cancellationToken);
        await database.UntilAsync("completed", instances, cancellationToken);
        var ended = await database.ScalarAsync("SELECT extract(epoch FROM max(finished_at)) FROM durable.instance", cancellationToken);

        // What sessions have counted reaches the statistics when they are idle, or end.
        await engine.StopAsync(cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, cancellationToken);
        var after = await CostsAsync(database, cancellationToken);
        return new(
            instances, steps, instances / (ended - started),
            (after.Commits - before.Commits) / instances, (after.Wal - before.Wal) / instances, (after.Stored - before.Stored) / instances);
    }

    private static async Task<(double Commits, double Wal, double Stored)> CostsAsync(EngineDatabase database, CancellationToken cancellationToken) => (
        await database.ScalarAsync("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()", cancellationToken),
        await database.ScalarAsync("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')", cancellationToken),
        await database.ScalarAsync("SELECT pg_database_size(current_database())", cancellationToken));

    private static async Task<StartLatency> StartsAsync(double perSecond, CancellationToken cancellationToken)
    {
        await using var database = await EngineDatabase.CreateAsync(cancellationToken);
        await using var engine = database.Engine();
        await engine.StartAsync(cancellationToken);
        await WarmAsync(database, engine.Client, cancellationToken);

        var instances = (int)(perSecond * StartSeconds);
        var clock = Stopwatch.StartNew();
        var starts = new List<Task>(instances);
        for (var number = 0; number < instances; number++)
        {
            var ahead = TimeSpan.FromSeconds(number / perSecond) - clock.Elapsed;
            if (ahead > TimeSpan.Zero)
            {
                await Task.Delay(ahead, TimeProvider.System, cancellationToken);
            }

            starts.Add(database.StartOneAsync(engine.Client, NoOps.Chain, $"start-{number}", StepsOfWorkflow, cancellationToken));
        }

        await Task.WhenAll(starts);
        await database.UntilAsync("completed", instances + 1, cancellationToken);
        Task<double> Percentile(double share) => database.ScalarAsync(
            $"""
            SELECT percentile_cont({share.ToString(System.Globalization.CultureInfo.InvariantCulture)}) WITHIN GROUP (ORDER BY extract(epoch FROM s.recorded_at - i.created_at) * 1000)
            FROM durable.step s JOIN durable.instance i USING (instance_id) WHERE s.step_no = 1 AND i.instance_id LIKE 'start-%'
            """,
            cancellationToken);
        return new(perSecond, instances, await Percentile(0.5), await Percentile(0.95));
    }

    private static async Task<double> ReplayAsync(CancellationToken cancellationToken)
    {
        await using var database = await EngineDatabase.CreateAsync(cancellationToken);
        await using (var first = database.Engine())
        {
            await first.StartAsync(cancellationToken);
            await database.StartOneAsync(first.Client, NoOps.ChainThenWait, "long", ReplayedSteps, cancellationToken);
            await database.UntilAsync("waiting", 1, cancellationToken);
            await first.StopAsync(cancellationToken);
        }

        await using var second = database.Engine();
        await second.StartAsync(cancellationToken);
        await WarmAsync(database, second.Client, cancellationToken);
        await database.RaiseAsync(second.Client, "long", cancellationToken);
        await database.UntilAsync("completed", 2, cancellationToken);
        return await database.ScalarAsync("SELECT extract(epoch FROM i.finished_at - e.raised_at) FROM durable.instance i JOIN durable.inbox e USING (instance_id) WHERE i.instance_id = 'long'", cancellationToken);
    }

    // An engine connects when it is started; that is not what is measured.
    private static async Task WarmAsync(EngineDatabase database, IWorkflowClient client, CancellationToken cancellationToken)
    {
        await database.StartOneAsync(client, NoOps.Chain, "warm", StepsOfWorkflow, cancellationToken);
        await database.UntilAsync("completed", 1, cancellationToken);
    }
}
