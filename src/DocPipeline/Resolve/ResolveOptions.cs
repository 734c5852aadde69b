using System.ComponentModel.DataAnnotations;

namespace DocPipeline.Resolve;

public sealed record ResolveOptions
{
    /// <summary>A field with less confidence waits for a person. Default 0.6.</summary>
    [Range(0.0, 1.0)]
    public double AcceptFrom { get; init; } = 0.6;

    /// <summary>A value with less confidence is not reported as the field's value at all. Default 0.2.</summary>
    [Range(0.0, 1.0)]
    public double ReportFrom { get; init; } = 0.2;
}
