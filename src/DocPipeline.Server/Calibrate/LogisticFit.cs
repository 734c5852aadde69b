namespace DocPipeline.Server.Calibrate;

/// <summary>Coefficients of a logistic regression with one intercept a group.</summary>
internal sealed record Coefficients(double[] Weights, IReadOnlyDictionary<string, double> Intercepts)
{
    public double ProbabilityOf(LabelledValue value)
    {
        var logOdds = Intercepts.TryGetValue(value.Group, out var own) ? own : Intercepts.Values.Min();
        for (var i = 0; i < Weights.Length; i++)
        {
            logOdds += Weights[i] * value.Features[i];
        }

        return LogisticFit.Sigmoid(logOdds);
    }
}

/// <summary>
/// Fits a logistic regression by cyclic coordinate descent with Newton steps: convex, so the order of the examples does not matter, and the same
/// examples always give the same coefficients. Weights are kept at 0 or above, because every feature is agreement; both weights and the groups' distances
/// from the common intercept are held small by a ridge, so that a group of few examples stays near the others.
/// </summary>
internal static class LogisticFit
{
    private const double RidgeOnWeights = 1.0;
    private const double RidgeOnGroups = 2.0;
    private const double LargestStep = 1.0;
    private const double CloseEnough = 1e-4;
    private const int MostRounds = 200;

    public static Coefficients Fit(IReadOnlyList<LabelledValue> values)
    {
        var groups = values.Select(value => value.Group).Distinct().Order(StringComparer.Ordinal).ToList();
        var features = values[0].Features.Length;

        // Coordinates: the features, the common intercept, the groups.
        var coordinates = new List<Coordinate>();
        for (var j = 0; j < features; j++)
        {
            var at = j;
            coordinates.Add(Coordinate.Of(values, value => value.Features[at], RidgeOnWeights, floor: 0));
        }

        coordinates.Add(Coordinate.Of(values, _ => 1, ridge: 0, double.NegativeInfinity));
        coordinates.AddRange(groups.Select(group => Coordinate.Of(values, value => value.Group == group ? 1 : 0, RidgeOnGroups, double.NegativeInfinity)));

        var logOdds = new double[values.Count];
        for (var round = 0; round < MostRounds; round++)
        {
            if (coordinates.Max(coordinate => Math.Abs(coordinate.Improve(values, logOdds))) < CloseEnough)
            {
                break;
            }
        }

        var common = coordinates[features].Value;
        return new(
            [.. coordinates.Take(features).Select(coordinate => coordinate.Value)],
            groups.Select((group, at) => (group, Value: common + coordinates[features + 1 + at].Value)).ToDictionary(entry => entry.group, entry => entry.Value));
    }

    public static double Sigmoid(double logOdds) => 1 / (1 + Math.Exp(-logOdds));

    /// <summary>One coefficient, with the examples in which its factor is not 0.</summary>
    private sealed class Coordinate(int[] examples, double[] factors, double ridge, double floor)
    {
        public double Value { get; private set; }

        public static Coordinate Of(IReadOnlyList<LabelledValue> values, Func<LabelledValue, double> factorOf, double ridge, double floor)
        {
            var used = Enumerable.Range(0, values.Count).Where(i => factorOf(values[i]) != 0).ToArray();
            return new(used, [.. used.Select(i => factorOf(values[i]))], ridge, floor);
        }

        /// <summary>One Newton step along this coordinate.</summary>
        /// <returns>How far it went.</returns>
        public double Improve(IReadOnlyList<LabelledValue> values, double[] logOdds)
        {
            var (gradient, curvature) = (ridge * Value, ridge);
            for (var k = 0; k < examples.Length; k++)
            {
                var (value, factor) = (values[examples[k]], factors[k]);
                var probability = Sigmoid(logOdds[examples[k]]);
                gradient += value.Weight * (probability - (value.IsRight ? 1 : 0)) * factor;
                curvature += value.Weight * probability * (1 - probability) * factor * factor;
            }

            var step = curvature > 0 ? Math.Clamp(-gradient / curvature, -LargestStep, LargestStep) : 0;
            step = Math.Max(Value + step, floor) - Value;
            Value += step;
            for (var k = 0; step != 0 && k < examples.Length; k++)
            {
                logOdds[examples[k]] += step * factors[k];
            }

            return step;
        }
    }
}
