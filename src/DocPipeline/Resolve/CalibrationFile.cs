namespace DocPipeline.Resolve;

/// <summary>What training leaves: coefficients and counts, nothing that stood on a document.</summary>
/// <param name="Version">Hash of the coefficients: equal versions give equal confidences.</param>
/// <param name="Features">The <see cref="Features.Hash"/> it was trained for.</param>
/// <param name="Weights">By name of the feature; never negative.</param>
/// <param name="Intercepts">By <see cref="FieldEvidence.Group"/>; the log-odds of a value with which nothing agrees.</param>
/// <param name="Curves">By group, from sure to unsure: what accepting from a confidence on costs in errors.</param>
/// <param name="TrainedOn">Where the examples came from.</param>
public sealed record CalibrationFile(
    string Version,
    string Features,
    IReadOnlyDictionary<string, double> Weights,
    IReadOnlyDictionary<string, double> Intercepts,
    IReadOnlyDictionary<string, IReadOnlyList<CurvePoint>> Curves,
    IReadOnlyList<TrainingSource> TrainedOn);

/// <param name="From">A confidence.</param>
/// <param name="Errors">Expected share of wrong values among those with this confidence or more, measured on documents that training had not seen.</param>
/// <param name="Share">Share of the group's values with this confidence or more.</param>
public sealed record CurvePoint(double From, double Errors, double Share);

/// <param name="Name">The generator with its seeds, or the name of a folder.</param>
public sealed record TrainingSource(string Name, int Documents, int Values, int Wrong);
