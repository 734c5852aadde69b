using System.Text.Json;
using System.Text.Json.Serialization;
using DocPipeline.Workflow;
using Npgsql;

namespace DocPipeline.Durable;

/// <summary>Runs inside the transaction that makes an instance dead: if it throws, the instance is parked instead, with the reason.</summary>
public delegate Task DeadHook(NpgsqlTransaction transaction, DeadInstance instance, CancellationToken cancellationToken);

/// <summary>Runs inside the transaction in which an operator's replay reopens an instance: if it throws, nothing is reopened.</summary>
public delegate Task ReplayedHook(NpgsqlTransaction transaction, string instanceId, CancellationToken cancellationToken);

/// <summary>An instance that ended as a dead letter, or is parked, with what is needed to judge it.</summary>
/// <param name="FailedStep">The step whose failure the workflow did not catch; null if the workflow's own code failed.</param>
/// <param name="Attempts">Attempts of that step; 0 without a failed step.</param>
/// <param name="Input">The instance's input as JSON.</param>
public sealed record DeadInstance(
    string InstanceId, string Workflow, int Version, string Reason, int? FailedStep, string? Activity, int Attempts, ActivityFailure? Failure, string Input);

/// <summary>Settings of one engine, that is of one process.</summary>
public sealed record DurableOptions
{
    /// <summary>Instances that run at once, 1 to 10,000. Waiting ones and those between two attempts hold no slot. Default 32.</summary>
    public int MaxInstances { get; init; } = 32;

    /// <summary>Activities that run at once, 1 to 1,000. Default: one a processor.</summary>
    public int MaxActivities { get; init; } = Environment.ProcessorCount;

    /// <summary>How long a silent worker keeps its instances, 500 ms to 10 min. Heartbeat every third of it; take-over is looked for every tenth. Default 15 s.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long running activities may take to finish when the engine stops, 0 to 1 h. Default 30 s.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After an activity's time-out: how long it may take to notice before it is abandoned, 0 to 1 min. Default 5 s.</summary>
    public TimeSpan CancellationGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// An instance whose workers were lost so often before it recorded a step is dead: it kills them. Only times count in which it really ran, from the
    /// second on alone among its like, so that what waited for its turn beside it is not blamed. 2 to 100. Default 8.
    /// </summary>
    public int MaxClaimsWithoutProgress { get; init; } = 8;

    /// <summary>Shortest pause between two looks at the queue while there is work, 1 ms to <see cref="MaxPoll"/>. Default 50 ms.</summary>
    public TimeSpan MinPoll { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Longest pause, when idle, up to 1 min. Default 2 s.</summary>
    public TimeSpan MaxPoll { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long activities run before the status of their workflow is written for others to see, 0 to 1 min: what is over sooner nobody could have read. Default 250 ms.
    /// Whatever waits, ends or is given back shows its status at once.
    /// </summary>
    public TimeSpan ShowStatusAfter { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Largest input or result in bytes of JSON, 1 KiB to 64 MiB; larger things belong in the blob store. Default 1 MiB.</summary>
    public int MaxPayloadBytes { get; init; } = 1024 * 1024;

    /// <summary>Most steps of one instance, 1 to 1,000,000. Default 10,000.</summary>
    public int MaxSteps { get; init; } = 10_000;

    /// <summary>Timers, time-outs and self-fencing. Leases and due times use the database's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How inputs, results and events become JSON. jsonb reorders properties, so metadata may come out of order.</summary>
    public JsonSerializerOptions Json { get; init; } = DefaultJson;

    public DeadHook? OnDead { get; init; }

    public ReplayedHook? OnReplayed { get; init; }

    public static JsonSerializerOptions DefaultJson { get; } = new(JsonSerializerDefaults.Web)
    {
        AllowOutOfOrderMetadataProperties = true,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Time of silence after which this process stops believing in its own lease: the lease less 3 s, or less a fifth if it is short.</summary>
    internal TimeSpan SelfFence => Lease - TimeSpan.FromSeconds(Math.Min(3, Lease.TotalSeconds / 5));

    /// <summary>How long to wait for one answer of the database before it is asked again, on another connection: two tries before <see cref="SelfFence"/>.</summary>
    internal TimeSpan Patience => Lease / 3;

    /// <summary>The same for what may have to wait for a lock of somebody else, 10 s at most (see <see cref="DurableSchema.Connect"/>), before it is answered.</summary>
    internal TimeSpan Silence => Lease;

    /// <exception cref="InvalidOperationException">Names every setting that is out of range.</exception>
    internal void Validate()
    {
        var errors = new List<string>();
        void Range(string name, double value, double least, double most)
        {
            if (!(value >= least && value <= most))
            {
                errors.Add($"{name} is {value}; it must be between {least} and {most}.");
            }
        }

        Range(nameof(MaxInstances), MaxInstances, 1, 10_000);
        Range(nameof(MaxActivities), MaxActivities, 1, 1_000);
        Range($"{nameof(Lease)} (s)", Lease.TotalSeconds, 0.5, 600);
        Range($"{nameof(ShutdownTimeout)} (s)", ShutdownTimeout.TotalSeconds, 0, 3600);
        Range($"{nameof(CancellationGrace)} (s)", CancellationGrace.TotalSeconds, 0, 60);
        Range(nameof(MaxClaimsWithoutProgress), MaxClaimsWithoutProgress, 2, 100);
        Range($"{nameof(MaxPoll)} (ms)", MaxPoll.TotalMilliseconds, 1, 60_000);
        Range($"{nameof(MinPoll)} (ms)", MinPoll.TotalMilliseconds, 1, MaxPoll.TotalMilliseconds);
        Range($"{nameof(ShowStatusAfter)} (s)", ShowStatusAfter.TotalSeconds, 0, 60);
        Range(nameof(MaxPayloadBytes), MaxPayloadBytes, 1024, 64 * 1024 * 1024);
        Range(nameof(MaxSteps), MaxSteps, 1, 1_000_000);
        if (errors.Count > 0)
        {
            throw new InvalidOperationException("The engine's settings are wrong. " + string.Join(' ', errors));
        }
    }
}
