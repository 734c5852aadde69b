using DocPipeline.Resolve;

namespace DocPipeline.Server.Calibrate;

/// <summary>Reading for training: confidence is nothing but extraction's score, everything is reported and nothing accepted, whatever calibration the program has.</summary>
internal static class Untrained
{
    public static ClaimResolver Resolver { get; } = new(
        new(new CalibrationFile(
            "untrained",
            Features.Hash,
            Features.All.ToDictionary(feature => feature.Name, feature => feature.Name == "score" ? 10.0 : 0),
            new Dictionary<string, double> { [""] = -5 },
            new Dictionary<string, IReadOnlyList<CurvePoint>>(),
            [])),
        new ResolveOptions { ReportFrom = 0 });
}
