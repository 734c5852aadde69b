using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DocPipeline.Server.Telemetry;

/// <summary>
/// Sends traces and metrics by OTLP where the standard variable <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector; does nothing otherwise.
/// The other standard variables (protocol, headers, interval, sampler) count as well.
/// </summary>
internal sealed class OtlpExport : IDisposable
{
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string Engine = "DocPipeline.Durable";

    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;

    public OtlpExport()
    {
        if (string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(EndpointVariable)))
        {
            return;
        }

        var resource = ResourceBuilder.CreateDefault().AddService("docpipeline", serviceVersion: typeof(OtlpExport).Assembly.GetName().Version?.ToString(3));
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource("DocPipeline", Engine).AddOtlpExporter().Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(PipelineMetrics.MeterName, Engine).AddOtlpExporter().Build();
    }

    public bool IsOn => _traces is not null;

    /// <summary>Sends what is still here.</summary>
    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }
}
