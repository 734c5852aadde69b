using System.Diagnostics;
using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Proof.Bench.Api;
using DocPipeline.Server.Webhooks;

namespace DocPipeline.EndToEnd.Tests.Serving;

/// <summary>A document costs the same however many came before it: what is asked for each of them is found by an index.</summary>
public sealed class LongHistoryTests
{
    private const int Former = 4_000;
    private const int Samples = 18;

    [Fact]
    public async Task No_statement_of_a_running_server_reads_the_claims_of_all_time_for_each_document()
    {
        await using var machine = new ServerMachine();
        await machine.InitializeAsync();
        await SeededClaims.AddAsync(machine.Owner, 1, Former, TestContext.Current.CancellationToken);
        // Statistics of the worst moment: a burst has come, and none of its messages is published yet.
        await machine.ExecuteAsync("ANALYZE");
        while (await PublishChanges.PublishAsync(machine.Owner, TestContext.Current.CancellationToken) > 0)
        {
        }

        var before = await ReadAsync(machine);
        var clock = Stopwatch.StartNew();

        var finished = await machine.RunAsync("serve", "--drop", ServerMachine.Samples, "--exit");

        Assert.True(finished.ExitCode == 0, finished.Output + finished.Errors);
        var after = await ReadAsync(machine);

        // By the clock all may be read: for figures every 15 s, for blind checks every 10. Each of the samples would read as much once more.
        var looks = 1 + (int)(clock.Elapsed.TotalSeconds / 10);
        Assert.True(looks < Samples / 2, $"The machine took {clock.Elapsed} for {Samples} samples: too long to tell looks by the clock from those for each document.");
        Assert.Empty(after.Where(table => table.Value - before.GetValueOrDefault(table.Key) > looks * Former * 1.1).Select(table => $"{table.Key}: {table.Value - before.GetValueOrDefault(table.Key)} rows"));
    }

    /// <summary>Rows that sequential scans have read, by table; those with few rows are best read whole.</summary>
    private static async Task<Dictionary<string, long>> ReadAsync(ServerMachine machine) =>
        (await machine.ListAsync("SELECT relid::regclass::text, seq_tup_read FROM pg_stat_user_tables WHERE n_live_tup >= 1000")).Select(row => row.Split('|')).ToDictionary(row => row[0], row => long.Parse(row[1]));
}
