using System.Text.Json;

namespace DocPipeline.Durable.FaultWorker;

/// <summary>What a worker process is told, as one argument of JSON.</summary>
/// <param name="Database">For the engine, as the role of workers.</param>
/// <param name="Aside">For what activities do behind the engine's back.</param>
/// <param name="Ledger">Folder for what activities really did.</param>
/// <param name="ClockHoursOff">How wrong this process believes the time to be.</param>
internal sealed record WorkerSettings(
    string Database, string Aside, string Ledger, double LeaseSeconds = 1, int MaxInstances = 16, int MaxActivities = 8, int MaxClaimsWithoutProgress = 8, double ClockHoursOff = 0)
{
    public string ToArgument() => JsonSerializer.Serialize(this);

    public static WorkerSettings Parse(string argument) => JsonSerializer.Deserialize<WorkerSettings>(argument)!;
}
