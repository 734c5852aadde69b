using System.Text.Json;

namespace DocPipeline.Proof.Bench.Engine;

/// <summary>How many instances ended in a second, and what one of them cost.</summary>
/// <param name="CommitsEach">Transactions of the database a finished instance; less than its steps where steps share commits.</param>
/// <param name="WalBytesEach">Bytes written ahead by Postgres, which is what its disk has to take.</param>
/// <param name="StoredBytesEach">Growth of the database, indexes included.</param>
internal sealed record EngineRate(int Instances, int StepsEach, double PerSecond, double CommitsEach, double WalBytesEach, double StoredBytesEach);

/// <summary>Milliseconds from the start of an instance to its first recorded step, with starts at a fixed rate.</summary>
internal sealed record StartLatency(double PerSecond, int Instances, double Median, double P95);

/// <summary>All figures of the engine.</summary>
/// <param name="ReplaySeconds">From an event that ends a wait after 1,000 steps to the instance's end, in an engine that has never seen the instance.</param>
/// <param name="RecoverySeconds">From the SIGKILL of a worker to the first new step of its last instance in another process; the worst of all kills.</param>
/// <param name="RestartSeconds">From the order to stop Postgres to the first second with 95 % of the rate before; the server's own stop and start included. One for each restart, ascending.</param>
internal sealed record EngineReport(EngineRate Workflows, EngineRate Jobs, StartLatency Start, double ReplaySeconds, double RecoverySeconds, IReadOnlyList<double> RestartSeconds)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public override string ToString() =>
        $"""
        {Rate("workflows", Workflows)}
        {Rate("single jobs", Jobs)}
        Start to first step at {Start.PerSecond:0} starts/s, half of that rate: median {Start.Median:0} ms, p95 {Start.P95:0} ms ({Start.Instances} workflows).
        Replay of 1,000 steps: {ReplaySeconds:0.000} s from the event to the end.
        kill -9 of a worker: its instances went on elsewhere after {RecoverySeconds:0.0} s at most.
        Restart of Postgres: 95 % of the rate again after {string.Join(", ", RestartSeconds.Select(seconds => seconds.ToString("0.0")))} s.
        """;

    private static string Rate(string what, EngineRate rate) =>
        $"{rate.Instances} {what} of {rate.StepsEach} activities: {rate.PerSecond:0}/s, {rate.PerSecond * rate.StepsEach:0} activities/s; each {rate.CommitsEach:0.00} commits, {rate.WalBytesEach / 1000:0.0} KB of WAL, {rate.StoredBytesEach / 1000:0.0} KB stored.";
}
