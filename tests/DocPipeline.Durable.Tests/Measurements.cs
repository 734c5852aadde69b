using System.Diagnostics;
using System.Globalization;
using static DocPipeline.Durable.Tests.Names;

namespace DocPipeline.Durable.Tests;

/// <summary>
/// What <c>./run bench engine</c> does not measure: two engines on one database, and steps that each commit an effect. Not part of the suite; asserts no figure. Run in Release:
/// <c>DocPipeline.Durable.Tests -explicit only -class DocPipeline.Durable.Tests.Measurements -showLiveOutput</c>.
/// </summary>
public sealed class Measurements(ITestOutputHelper output)
{
    [Theory(Explicit = true)]
    [InlineData(5, 3000, 2, false)]
    [InlineData(5, 1000, 1, true)]
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
