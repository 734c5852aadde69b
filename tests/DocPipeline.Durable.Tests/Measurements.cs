using System.Diagnostics;
using System.Globalization;
using static DocPipeline.Durable.Tests.Names;

namespace DocPipeline.Durable.Tests;

/// <summary>
/// Not part of the suite; asserts no figure. Run in Release:
/// <c>DocPipeline.Durable.Tests -explicit only -class DocPipeline.Durable.Tests.Measurements -showLiveOutput</c>.
/// </summary>
public sealed class Measurements(ITestOutputHelper output)
{
    [Theory(Explicit = true)]
    [InlineData(5, 3000, 1, false)]
    [InlineData(5, 3000, 2, false)]
    [InlineData(5, 1000, 1, true)]
    [InlineData(1, 6000, 1, false)]
    public async Task Throughput(int activities, int instances, int engines, bool withEffect)
    {
        await using var harness = await Harness.CreateAsync();
        await harness.ExecuteAsync(
            $"INSERT INTO durable.instance (instance_id, name, version, input) SELECT 'i' || n, 'Sum', 1, '0' FROM generate_series(1, {instances}) n; ANALYZE durable.instance");
        var clock = Stopwatch.StartNew();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        for (var i = 0; i < engines; i++)
        {
            harness.Engine(Register(activities, withEffect), new DurableOptions { MaxInstances = 64, MaxActivities = 8 });
        }

        while (await harness.ScalarAsync<long>("SELECT count(*) FROM durable.instance WHERE finished_at IS NOT NULL") < instances)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        var seconds = clock.Elapsed.TotalSeconds;
        var used = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{engines} engine(s), {activities} activities{(withEffect ? " with a database effect each" : "")}: {instances / seconds:0} instances/s, {instances * activities / seconds:0} steps/s, {used / seconds * 100:0} % of one core in .NET"));
    }

    [Theory(Explicit = true)]
    [InlineData(100)]
    public async Task StartLatency(int perSecond)
    {
        await using var harness = await Harness.CreateAsync();
        var engine = harness.Engine(Register(5, withEffect: false), new DurableOptions { MaxInstances = 64, MaxActivities = 8 });
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < perSecond * 10; i++)
        {
            await harness.StartAsync(Sum, $"{i}", 0, engine.Client);
            var ahead = TimeSpan.FromSeconds((double)i / perSecond) - clock.Elapsed;
            await Task.Delay(ahead > TimeSpan.Zero ? ahead : TimeSpan.Zero, TestContext.Current.CancellationToken);
        }

        await harness.UntilAllAsync("completed", perSecond * 10);
        output.WriteLine(await harness.ScalarAsync<string>(
            """
            SELECT format('start to first recorded step, ms: p50 %s, p95 %s, p99 %s', p[1]::int, p[2]::int, p[3]::int)
            FROM (SELECT percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM s.recorded_at - i.created_at) * 1000) AS p
                  FROM durable.step s JOIN durable.instance i USING (instance_id) WHERE s.step_no = 1) q
            """) ?? "");
    }

    [Fact(Explicit = true)]
    public async Task IdleCost()
    {
        await using var harness = await Harness.CreateAsync();
        harness.Engine(Register(1, withEffect: false), new DurableOptions());
        const string Count = "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()";
        await Task.Delay(15_000, TestContext.Current.CancellationToken);
        var before = await harness.ScalarAsync<long>(Count);
        await Task.Delay(30_000, TestContext.Current.CancellationToken);
        output.WriteLine($"idle: {(await harness.ScalarAsync<long>(Count) - before) / 30.0:0.0} transactions/s");
    }

    /// <summary>Prints what completed in each second; restart the server meanwhile and look. Every effect must be in the ledger once.</summary>
    [Fact(Explicit = true)]
    public async Task Outage()
    {
        const int Instances = 20_000;
        await using var harness = await Harness.CreateAsync();
        await harness.ExecuteAsync(
            $"INSERT INTO durable.instance (instance_id, name, version, input) SELECT 'i' || n, 'Sum', 1, '0' FROM generate_series(1, {Instances}) n; ANALYZE durable.instance");
        for (var i = 0; i < 2; i++)
        {
            harness.Engine(Register(5, withEffect: true), new DurableOptions { MaxInstances = 64, MaxActivities = 8 });
        }

        var (done, clock) = (0L, Stopwatch.StartNew());
        while (done < Instances)
        {
            await Task.Delay(1000, TestContext.Current.CancellationToken);
            try
            {
                var now = await harness.ScalarAsync<long>("SELECT count(*) FROM durable.instance WHERE status = 'completed'");
                output.WriteLine($"{clock.Elapsed.TotalSeconds:0.0} s: {now - done} more, {now} in all");
                done = now;
            }
            catch (Npgsql.NpgsqlException exception)
            {
                output.WriteLine($"{clock.Elapsed.TotalSeconds:0.0} s: no database ({exception.GetType().Name})");
            }
        }

        Assert.Equal(Instances * 5, await harness.LedgerAsync());
    }

    private static Action<DurableBuilder> Register(int activities, bool withEffect) => builder => builder
        .Workflow(Sum, async (context, input) =>
        {
            for (var i = 0; i < activities; i++)
            {
                input = await context.CallAsync(AddOne, input);
            }

            return input;
        })
        .Activity(AddOne, (input, context, _) =>
        {
            if (withEffect)
            {
                context.CommitWith(Harness.Note(context, "add"));
            }

            return Task.FromResult(input + 1);
        });
}
