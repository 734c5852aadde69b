using DocPipeline.Testing;
using Npgsql;

namespace DocPipeline.Proof.Bench.Engine;

/// <summary>How soon the engine is as fast as before when Postgres is restarted under it.</summary>
internal static class Restart
{
    private const int Steps = 5;
    private const double Window = 1;

    private static readonly TimeSpan Peace = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <param name="perSecond">The engine's rate, for as many workflows as are needed.</param>
    /// <returns>Seconds from the order to stop to the end of the first second in which 95 % of the rate before it were finished.</returns>
    public static async Task<double> MeasureAsync(double perSecond, CancellationToken cancellationToken)
    {
        await using var server = new PrivatePostgres("-c max_connections=100 -c shared_buffers=128MB");
        await server.InitializeAsync();
        await using var database = await EngineDatabase.CreateAsync(cancellationToken, server.ConnectionString);
        await database.StartAllAsync(NoOps.Chain, "chain", (int)(perSecond * 30), Steps, cancellationToken);
        await using var engine = database.Engine();
        await engine.StartAsync(cancellationToken);
        await Task.Delay(Peace, TimeProvider.System, cancellationToken);

        var stopped = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        await server.StopAsync("fast");
        await server.StartAsync();
        var clock = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(clock) < Patience)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
            var ends = await EndsAsync(database, cancellationToken);
            var before = ends.Count(end => end > stopped - 4 && end <= stopped) / 4.0;
            var back = Enumerable.Range(0, 600).Select(tenth => stopped + Window + (tenth / 10.0))
                .FirstOrDefault(end => ends.Count(ended => ended > end - Window && ended > stopped + 0.2 && ended <= end) >= 0.95 * before * Window);
            if (before > 0 && back > 0)
            {
                return back - stopped;
            }
        }

        throw new InvalidOperationException("The rate did not come back.");
    }

    private static async Task<IReadOnlyList<double>> EndsAsync(EngineDatabase database, CancellationToken cancellationToken)
    {
        try
        {
            return await database.ListAsync("SELECT extract(epoch FROM finished_at) FROM durable.instance WHERE finished_at IS NOT NULL ORDER BY 1", cancellationToken);
        }
        catch (NpgsqlException)
        {
            return []; // our own connection was from before the restart; the next one is new
        }
    }
}
