using System.ComponentModel.DataAnnotations;

namespace DocPipeline.Resolve;

public sealed record ResolveOptions
{
    /// <summary>The dial: the share of wrong values that is allowed among accepted ones. Default 0.005. A stricter target accepts fewer.</summary>
    [Range(0.0001, 0.2)]
    public double ErrorTarget { get; init; } = 0.005;

    /// <summary>A value with less confidence is not reported as the field's value at all. Default 0.3: what is wrong twice out of three times helps nobody.</summary>
    [Range(0.0, 1.0)]
    public double ReportFrom { get; init; } = 0.3;
}
