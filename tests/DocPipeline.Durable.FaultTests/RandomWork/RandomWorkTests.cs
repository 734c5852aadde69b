using System.Globalization;
using DocPipeline.Durable.FaultTests.Machines;
using DocPipeline.Durable.FaultWorker.Scripts;
using DocPipeline.Testing;
using DocPipeline.Testing.Wire;

namespace DocPipeline.Durable.FaultTests.RandomWork;

/// <summary>Random workflows under random faults end as the model says. A seed that fails is added to the list and stays there.</summary>
public sealed class RandomWorkTests(ITestOutputHelper output)
{
    /// <summary>What to look at when an instance does not end.</summary>
    private const string Unfinished =
        """
        SELECT string_agg(format('%s is %s (epoch %s, %s claims without progress, wakes in %s, waits for %s, owner %s)',
          i.instance_id, i.status, i.epoch, i.claims_without_progress, i.wake_at - now(), coalesce(i.waiting_for, 'nothing'),
          CASE WHEN w.worker_id IS NULL THEN 'none' ELSE 'alive for ' || (w.expires_at - now()) END), E'\n')
        FROM durable.instance i LEFT JOIN durable.worker w USING (worker_id) WHERE i.finished_at IS NULL AND i.status <> 'parked'
        """;

    /// <summary>What only ever grows, and only by work that counts. Claims and attempts do not: a workflow that is taken up for ever and gets nowhere must be found.</summary>
    private const string Recorded = "SELECT (SELECT count(*) FROM durable.instance) + (SELECT count(*) FROM durable.step) + (SELECT count(*) FROM durable.instance WHERE finished_at IS NOT NULL)";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public Task Random_workflows_end_as_the_model_says_whatever_breaks(int seed) => RunAsync(seed, cases: 25);

    /// <summary>
    /// Not part of the suite: <c>FAULT_SEEDS=100-200 DocPipeline.Durable.FaultTests -explicit only -method '*Many_seeds*' -showLiveOutput</c>.
    /// </summary>
    [Fact(Explicit = true)]
    public async Task Many_seeds()
    {
        int[] range = [.. (Environment.GetEnvironmentVariable("FAULT_SEEDS") ?? "1000-1020").Split('-').Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
        for (var seed = range[0]; seed <= range[1]; seed++)
        {
            output.WriteLine($"Seed {seed}");
            await RunAsync(seed, cases: 60);
        }
    }

    private static async Task RunAsync(int seed, int cases)
    {
        await using var machine = await FaultMachine.CreateAsync();
        var random = new RandomScripts(seed);
        var scripts = random.Cases(cases);
        var client = machine.Client(random.Plan(mayVanish: false));
        List<RunningEngine> engines = [Engine(), Engine()];
        var driving = DriveAsync(client, scripts, new Random(seed));
        try
        {
            await EndAsync();
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message} {(driving.IsCompleted ? "" : "The driver still starts and raises. ")}{await machine.ScalarAsync<string>(Unfinished)}", late);
        }

        await driving;
        Violations.None(await machine.CheckAsync(scripts));
        Violations.None(await machine.ReplayAsync());

        RunningEngine Engine() => machine.Engine(random.Plan());

        Task EndAsync() => Eventually.IsTrueWhileThereIsProgressAsync(
            async () =>
            {
                // What has gone is replaced, as a supervisor would.
                for (var i = 0; i < engines.Count; i++)
                {
                    engines[i] = engines[i].Proxy!.HasVanished ? Engine() : engines[i];
                }

                return driving.IsCompleted && await machine.ScalarAsync<long>("SELECT count(*) FROM durable.instance WHERE finished_at IS NOT NULL OR status = 'parked'") == cases;
            },
            () => machine.ScalarAsync<long>(Recorded),
            $"all instances of seed {seed} end", TimeSpan.FromSeconds(60));
    }

    internal static async Task DriveAsync(Client client, IReadOnlyList<Case> cases, Random dice)
    {
        foreach (var instance in cases)
        {
            await client.StartAsync(instance);
        }

        var raises = cases.SelectMany(instance => instance.Script.OfType<Wait>().Where(wait => wait.Comes is Arrival.Late or Arrival.Race)
            .SelectMany(wait => Enumerable.Repeat((instance.Id, wait.Event), instance.TimesRaised))).ToArray();
        dice.Shuffle(raises);
        foreach (var (id, name) in raises)
        {
            await client.RaiseAsync(id, name);
        }
    }
}
