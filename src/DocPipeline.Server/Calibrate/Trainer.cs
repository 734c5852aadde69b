using System.Security.Cryptography;
using System.Text.Json;
using DocPipeline.Resolve;
using DocPipeline.Server.Eval;

namespace DocPipeline.Server.Calibrate;

/// <summary>Makes a calibration of labelled values.</summary>
/// <param name="foldOf">For each document its fold; near-twins share one.</param>
internal sealed class Trainer(int[] foldOf)
{
    /// <summary>
    /// Coefficients from all values; curves from confidences that each value got of coefficients fitted without its fold, so that the cost of accepting is not
    /// told by the examples that were learnt.
    /// </summary>
    public CalibrationFile Train(IReadOnlyList<LabelledValue> values, IReadOnlyList<TrainingSource> sources)
    {
        var unseen = Folds(values)
            .SelectMany(fold => Judge(LogisticFit.Fit([.. values.Where(value => foldOf[value.Document] != fold)]), values.Where(value => foldOf[value.Document] == fold)))
            .ToList();
        var (coefficients, curves) = (LogisticFit.Fit(values), ErrorCurve.Of(unseen));
        var weights = Features.All.Select((feature, i) => (feature.Name, Weight: Math.Round(coefficients.Weights[i], 4))).ToDictionary(entry => entry.Name, entry => entry.Weight);
        var intercepts = coefficients.Intercepts.ToDictionary(entry => entry.Key, entry => Math.Round(entry.Value, 4));
        return new(VersionOf(weights, intercepts, curves), Features.Hash, weights, intercepts, curves, sources);
    }

    /// <summary>For each fold the calibration that has not seen its documents, nor any near-twin of them.</summary>
    public IReadOnlyDictionary<int, Calibration> CrossValidate(IReadOnlyList<LabelledValue> values) =>
        Folds(values).AsParallel().Select(fold => (fold, calibration: new Calibration(Train([.. values.Where(value => foldOf[value.Document] != fold)], []))))
            .ToDictionary(entry => entry.fold, entry => entry.calibration);

    private List<int> Folds(IReadOnlyList<LabelledValue> values) => [.. values.Select(value => foldOf[value.Document]).Distinct().Order()];

    private static IEnumerable<Judged> Judge(Coefficients coefficients, IEnumerable<LabelledValue> values) =>
        values.Select(value => new Judged(value.Group, Math.Round(coefficients.ProbabilityOf(value), 5), value.IsRight, value.Weight));

    private static string VersionOf(params object[] coefficients) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(coefficients, Calibration.Json)))[..12];
}
