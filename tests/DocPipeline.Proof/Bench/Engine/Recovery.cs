using System.Diagnostics;
using DocPipeline.Durable;
using Microsoft.Extensions.Logging.Abstractions;

namespace DocPipeline.Proof.Bench.Engine;

/// <summary>How soon the instances of a killed worker go on in another process. The workers are processes of this program.</summary>
internal static class Recovery
{
    public const string WorkerCommand = "engine-worker";

    private const int Instances = 32;
    private const int StepsEach = 600;

    /// <summary>Runs an engine on the database until the process is killed.</summary>
    public static async Task WorkAsync(string database, CancellationToken cancellationToken)
    {
        await using var connections = DurableSchema.Connect(database);
        await using var engine = new DurableEngine(connections, NoOps.Registry(), NoOps.Options with { MaxInstances = Instances, MaxActivities = Instances }, NullLogger<DurableEngine>.Instance);
        await engine.StartAsync(cancellationToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }

    /// <returns>Seconds from a kill to the first new step of the last instance that the killed worker had; the worst of all kills.</returns>
    public static async Task<double> MeasureAsync(int kills, CancellationToken cancellationToken)
    {
        var worst = 0.0;
        for (var kill = 0; kill < kills; kill++)
        {
            await using var database = await EngineDatabase.CreateAsync(cancellationToken);
            await database.StartAllAsync(NoOps.SlowChain, "slow", Instances, StepsEach, cancellationToken);
            using var victim = Start(database);
            Process? heir = null;
            try
            {
                // The victim has all instances, and the heir has none and waits for work.
                await UntilAsync(database, $"SELECT count(DISTINCT instance_id) = {Instances} FROM durable.step WHERE step_no > 5", cancellationToken);
                heir = Start(database);
                await UntilAsync(database, "SELECT count(*) = 2 FROM durable.worker", cancellationToken);
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);

                victim.Kill();
                await victim.WaitForExitAsync(cancellationToken);
                var killed = await database.ScalarAsync("SELECT extract(epoch FROM clock_timestamp())", cancellationToken);
                await UntilAsync(database, $"SELECT count(DISTINCT instance_id) = {Instances} FROM durable.step WHERE epoch > 1", cancellationToken);
                var resumed = await database.ScalarAsync(
                    "SELECT extract(epoch FROM max(first)) FROM (SELECT min(recorded_at) AS first FROM durable.step WHERE epoch > 1 GROUP BY instance_id) taken", cancellationToken);
                worst = Math.Max(worst, resumed - killed);
            }
            finally
            {
                End(victim);
                if (heir is not null)
                {
                    End(heir);
                    heir.Dispose();
                }
            }
        }

        return worst;
    }

    private static async Task UntilAsync(EngineDatabase database, string condition, CancellationToken cancellationToken)
    {
        while (await database.ScalarAsync($"SELECT ({condition})::int", cancellationToken) < 1)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }
    }

    private static Process Start(EngineDatabase database)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "DocPipeline.Proof.dll"), WorkerCommand, database.ConnectionString]);
        return Process.Start(start)!;
    }

    private static void End(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }
    }
}
