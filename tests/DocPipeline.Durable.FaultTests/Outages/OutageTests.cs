using System.Diagnostics;
using DocPipeline.Durable.FaultTests.Machines;
using DocPipeline.Durable.FaultWorker.Scripts;
using DocPipeline.Testing;
using Npgsql;

namespace DocPipeline.Durable.FaultTests.Outages;

/// <summary>The server itself fails. Worker processes stay up through all of it and need no help.</summary>
public sealed class OutageTests(PrivatePostgres postgres) : IClassFixture<PrivatePostgres>
{
    private static readonly Case[] Cases =
    [
        .. Enumerable.Range(0, 40).Select(i => new Case(
            $"outage-{i}", new Call(1, Deed.Store), new Call(2, Deed.Store, Milliseconds: 200), new FanOut([new(3), new(4, Milliseconds: 100)]), new Wait("early", Arrival.Early), new Sleep(300), new Call(5, Deed.Store))),
    ];

    [Fact]
    public Task Postgres_restarts_crashes_and_is_stopped_while_it_recovers() => RestartAsync(times: 4);

    /// <summary>Not part of the suite: <c>DocPipeline.Durable.FaultTests -explicit only -method '*Twenty_restarts*'</c>.</summary>
    [Fact(Explicit = true)]
    public Task Twenty_restarts() => RestartAsync(times: 20);

    [Fact]
    public async Task All_backends_are_terminated_again_and_again()
    {
        await using var machine = await FaultMachine.CreateAsync(postgres.ConnectionString);
        WorkerProcess[] workers = [machine.Process(), machine.Process()];
        await StartAsync(machine);
        for (var i = 0; i < 10; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
            await machine.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'process-%' AND datname = current_database()");
        }

        await EndAsync(machine, workers);
    }

    [Fact]
    public async Task No_connection_is_left_for_longer_than_a_lease()
    {
        await using var machine = await FaultMachine.CreateAsync(postgres.ConnectionString);
        WorkerProcess[] workers = [machine.Process(), machine.Process()];
        await StartAsync(machine);
        await machine.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'process-%' AND datname = current_database()");
        var taken = new List<NpgsqlConnection>();
        var isFull = false;
        try
        {
            var clock = Stopwatch.StartNew();
            while (clock.Elapsed < TimeSpan.FromSeconds(3))
            {
                // Whatever the server has to give, again and again.
                var connection = new NpgsqlConnection(machine.ConnectionString + ";Pooling=false");
                taken.Add(connection);
                try
                {
                    await connection.OpenAsync(TestContext.Current.CancellationToken);
                }
                catch (PostgresException full) when (full.SqlState == PostgresErrorCodes.TooManyConnections)
                {
                    isFull = true;
                    await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
                }
            }
        }
        finally
        {
            foreach (var connection in taken)
            {
                await connection.DisposeAsync();
            }
        }

        Assert.True(isFull);
        await EndAsync(machine, workers);
    }

    [Fact]
    public async Task The_disk_is_full_for_longer_than_a_lease()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "A file system of a limited size can be mounted by root only.");
        var folder = Directory.CreateDirectory(Path.Combine(postgres.Home, "small")).FullName;
        try
        {
            await PrivatePostgres.RunAsync("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder);
        }
        catch (InvalidOperationException)
        {
            Assert.Skip("This machine permits no mount.");
        }

        try
        {
            await PrivatePostgres.OwnAsync(folder);
            await FillAsync(folder);
        }
        finally
        {
            await PrivatePostgres.RunAsync("umount", "--lazy", folder);
        }
    }

    private async Task FillAsync(string folder)
    {
        await using var machine = await FaultMachine.CreateAsync(postgres.ConnectionString);
        await machine.ExecuteAsync($"CREATE TABLESPACE small LOCATION '{folder}'");
        await machine.ExecuteAsync("ALTER TABLE durable.step SET TABLESPACE small; ALTER INDEX durable.step_pk SET TABLESPACE small");
        var ballast = Path.Combine(folder, "ballast");
        Assert.Throws<IOException>(() => Fill(ballast));
        WorkerProcess[] workers = [machine.Process(), machine.Process()];
        await StartAsync(machine);
        await Eventually.IsTrueAsync(
            async () => (await File.ReadAllTextAsync(Path.Combine(postgres.Home, "log"), TestContext.Current.CancellationToken)).Contains("No space left on device", StringComparison.Ordinal),
            "a step finds no room");
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        Assert.Equal(0, await machine.ScalarAsync<long>("SELECT count(*) FROM durable.step"));
        File.Delete(ballast);

        await EndAsync(machine, workers);
        await machine.ExecuteAsync("ALTER TABLE durable.step SET TABLESPACE pg_default; ALTER INDEX durable.step_pk SET TABLESPACE pg_default");
        await machine.ExecuteAsync("DROP TABLESPACE small");
    }

    private static void Fill(string path)
    {
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        var block = new byte[4096];
        for (long at = 0; ; at += block.Length)
        {
            RandomAccess.Write(file, block, at);
        }
    }

    private async Task RestartAsync(int times)
    {
        await using var machine = await FaultMachine.CreateAsync(postgres.ConnectionString);
        WorkerProcess[] workers = [machine.Process(), machine.Process()];
        await StartAsync(machine);
        for (var time = 0; time < times; time++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(300), TestContext.Current.CancellationToken);
            await postgres.StopAsync(time % 2 == 0 ? "immediate" : "fast");
            if (time % 2 == 0)
            {
                // Down again while it recovers from the crash.
                await postgres.StartAsync(isAwaited: false);
                await postgres.StopAsync("immediate");
            }
            else
            {
                await Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken); // longer than the lease
            }

            await postgres.StartAsync();
        }

        await EndAsync(machine, workers);
    }

    private static async Task StartAsync(FaultMachine machine)
    {
        var client = machine.Client();
        foreach (var instance in Cases)
        {
            await client.StartAsync(instance);
        }
    }

    private static async Task EndAsync(FaultMachine machine, WorkerProcess[] workers)
    {
        await machine.UntilCompletedAsync(Cases.Length);
        Violations.None(await machine.CheckAsync(Cases));
        Violations.None([.. workers.SelectMany(worker => worker.Errors)]);
        Assert.All(workers, worker => Assert.False(worker.HasExited));
    }
}
