using System.Diagnostics.Metrics;
using DocPipeline.Server.Status;
using DocPipeline.Server.Stuck;

namespace DocPipeline.Server.Telemetry;

/// <summary>The figures of the status page as metrics. How long steps take and how often they are repeated is measured by the engine itself.</summary>
internal sealed class PipelineMetrics : IDisposable
{
    public const string MeterName = "DocPipeline";

    private readonly Meter _meter = new(MeterName);
    private volatile StatusSnapshot? _newest;
    private volatile IReadOnlyList<StuckThing> _stuck = [];

    public PipelineMetrics()
    {
        _meter.CreateObservableGauge("docpipeline.documents", Documents, "{document}", "Documents by state.");
        _meter.CreateObservableGauge("docpipeline.stage.duration", Stages, "s", "Last day: from the end of the stage before to the end of this one, by stage and quantile.");
        Gauge("docpipeline.queue.age", "s", "How long the oldest due work has waited for a worker.", snapshot => snapshot.Engine.QueueSeconds);
        Gauge("docpipeline.processing.age", "s", "How long the oldest unfinished document has been in processing.", snapshot => snapshot.OldestProcessingSeconds);
        Gauge("docpipeline.steps.retrying", "{step}", "Steps between two attempts.", snapshot => snapshot.Engine.Retrying);
        Gauge("docpipeline.dead_letters", "{document}", "Documents that wait for an operator.", snapshot => snapshot.Engine.Dead);
        Gauge("docpipeline.workers", "{worker}", "Processes that are alive.", snapshot => snapshot.Engine.Workers);
        _meter.CreateObservableGauge("docpipeline.stuck", Stuck, "{thing}", "What stands still and cannot be mended without a person, by kind.");
        _meter.CreateObservableGauge("docpipeline.cost", Costs, "USD", "Last day: spent on services as far as prices are known, by provider and model.");
        _meter.CreateObservableGauge("docpipeline.provider.calls", Calls, "{call}", "Last day: calls of services, by provider and model; those that got no answer have no model.");
    }

    /// <summary>What the gauges show until the next one comes.</summary>
    public void Publish(StatusSnapshot snapshot) => _newest = snapshot;

    /// <summary>What the look for stuck things found and could not mend.</summary>
    public void Publish(IReadOnlyList<StuckThing> stuck) => _stuck = stuck;

    public void Dispose() => _meter.Dispose();

    private void Gauge(string name, string unit, string description, Func<StatusSnapshot, double> value) =>
        _meter.CreateObservableGauge(
            name, () => _newest is { } snapshot ? [new Measurement<double>(value(snapshot))] : Array.Empty<Measurement<double>>(), unit, description);

    private IEnumerable<Measurement<double>> Stages() => (_newest?.Stages ?? []).SelectMany(stage => new[]
    {
        new Measurement<double>(stage.MedianSeconds, new KeyValuePair<string, object?>("stage", stage.Stage), new KeyValuePair<string, object?>("quantile", "0.5")),
        new Measurement<double>(stage.Percentile95Seconds, new KeyValuePair<string, object?>("stage", stage.Stage), new KeyValuePair<string, object?>("quantile", "0.95")),
    });

    private IEnumerable<Measurement<double>> Costs() => (_newest?.Cost.Models ?? []).Select(model => new Measurement<double>((double)model.Usd, Tags(model)));

    private IEnumerable<Measurement<long>> Calls() => (_newest?.Cost.Models ?? []).Select(model => new Measurement<long>(model.Calls, Tags(model)));

    private static KeyValuePair<string, object?>[] Tags(ModelCost model) => [new("provider", model.Provider), new("model", model.Model)];

    private IEnumerable<Measurement<long>> Stuck() =>
        _stuck.CountBy(thing => thing.Kind.Name).Select(kind => new Measurement<long>(kind.Value, new KeyValuePair<string, object?>("kind", kind.Key)));

    private IEnumerable<Measurement<long>> Documents() => _newest is { } snapshot
        ? StatusOutput.AllStates.Select(state => new Measurement<long>(snapshot.Count(state), new KeyValuePair<string, object?>("state", state)))
        : [];
}
