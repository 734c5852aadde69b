using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;

namespace DocPipeline.Durable;

/// <summary>Spans and metrics named <c>DocPipeline.Durable</c>. Tags are names and numbers, never content.</summary>
public static class Telemetry
{
    public const string Name = "DocPipeline.Durable";

    internal static readonly ActivitySource Spans = new(Name);

    /// <summary>
    /// The trace of an instance, computed from its id: all its steps are in one trace, whichever processes ran them and however often it was taken over.
    /// Trace id and parent span are the first 16 and the next 8 bytes of the id's SHA-256.
    /// </summary>
    internal static System.Diagnostics.ActivityContext TraceOf(string instanceId)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(instanceId)).AsSpan();
        return new(
            ActivityTraceId.CreateFromBytes(hash[..16]), ActivitySpanId.CreateFromBytes(hash[16..24]), ActivityTraceFlags.Recorded, isRemote: true);
    }

    private static readonly Meter Meter = new(Name);

    internal static readonly Counter<long> Steps = Meter.CreateCounter<long>("docpipeline.durable.steps", "{step}", "Steps recorded, by activity and outcome.");
    internal static readonly Counter<long> Retries = Meter.CreateCounter<long>("docpipeline.durable.retries", "{attempt}", "Attempts that will be repeated, by activity.");
    internal static readonly Counter<long> DeadLetters = Meter.CreateCounter<long>("docpipeline.durable.dead_letters", "{instance}", "Instances that became dead, by workflow.");
    internal static readonly Counter<long> Parked = Meter.CreateCounter<long>("docpipeline.durable.parked", "{instance}", "Instances parked for an operator, by workflow.");
    internal static readonly Counter<long> Fenced = Meter.CreateCounter<long>("docpipeline.durable.fenced", "{instance}", "Runs stopped because the instance was no longer ours.");
    internal static readonly Counter<long> TakenOver = Meter.CreateCounter<long>("docpipeline.durable.taken_over", "{instance}", "Instances taken back from workers that are gone.");
    internal static readonly Histogram<double> ClaimLatency = Meter.CreateHistogram<double>("docpipeline.durable.claim_latency", "s", "From due to claimed.");
    internal static readonly Histogram<double> StepDuration = Meter.CreateHistogram<double>("docpipeline.durable.step_duration", "s", "Run time of one attempt, by activity.");
    internal static readonly Gauge<double> QueueAge = Meter.CreateGauge<double>("docpipeline.durable.queue_age", "s", "How long the oldest due instance has waited; 0 if none is due.");
    internal static readonly Gauge<long> Unsupported = Meter.CreateGauge<long>("docpipeline.durable.unsupported", "{instance}", "Open instances of a version that no live worker knows.");
}
