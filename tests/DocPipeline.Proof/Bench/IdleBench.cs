using System.Globalization;
using System.Text.Json;
using DocPipeline.Proof.Machines;

namespace DocPipeline.Proof.Bench;

/// <summary>What a server costs that has nothing to do.</summary>
/// <param name="Seconds">How long it was watched.</param>
/// <param name="ServerCore">Share of one core that the server takes; readers and PDF programs included.</param>
/// <param name="Transactions">A second, in its database: polls, heartbeats, looks for what stands still, figures. Half of them are resets of pooled connections.</param>
/// <param name="Memory">Of the server at the end, in bytes.</param>
internal sealed record IdleReport(double Seconds, double ServerCore, double Transactions, long Memory)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public override string ToString() =>
        $"Idle for {Seconds:0} s: {ServerCore:0.00 %} of a core, {Transactions:0.0} transactions/s, {Watch.Megabytes(Memory)}.";
}

/// <summary>A server that has worked and now waits.</summary>
internal sealed class IdleBench(TimeSpan duration, TextWriter log)
{
    private const int Documents = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Polls become rare, and Postgres has vacuumed what was written: its transactions would count as the server's.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(75);

    public async Task<IdleReport> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("docpipeline-idle-");
        try
        {
            await using var machine = await PrivateMachine.CreateAsync(cancellationToken);
            await using var server = await machine.ServeAsync(cancellationToken);
            foreach (var file in DigitalPages.Write(folder.FullName, Documents))
            {
                machine.Drop(file);
            }

            if (!await machine.AllEndedAsync(Documents, Patience, cancellationToken))
            {
                throw new InvalidOperationException("The server does not finish the documents.");
            }

            await log.WriteLineAsync($"{Documents} documents are read; the server has nothing to do for {Calm.TotalSeconds:0} and {duration.TotalSeconds:0} s.");
            await Task.Delay(Calm, TimeProvider.System, cancellationToken);
            var (transactions, processor, started) = (await TransactionsAsync(machine, cancellationToken), ProcessTree.CpuOf(server.Id), TimeProvider.System.GetTimestamp());
            await Task.Delay(duration, TimeProvider.System, cancellationToken);
            var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            return new(
                seconds,
                ProcessTree.CpuOf(server.Id).Since(processor).All / seconds,
                (await TransactionsAsync(machine, cancellationToken) - transactions) / seconds,
                ProcessTree.Memory(server.Id) ?? 0);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<double> TransactionsAsync(PrivateMachine machine, CancellationToken cancellationToken) =>
        double.Parse(
            (await machine.ListAsync("SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()", cancellationToken))[0],
            CultureInfo.InvariantCulture);
}
