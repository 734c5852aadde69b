using DocPipeline.Documents;

namespace DocPipeline.Resolve;

/// <summary>
/// Estimates how likely a candidate is right, from what agrees and disagrees with it. It is a hand-set model: the order of its values is meant,
/// the values themselves are not calibrated yet.
/// </summary>
internal static class Confidence
{
    /// <param name="best">The chosen candidate.</param>
    /// <param name="others">The candidates that lost.</param>
    public static double Of(Candidate best, IReadOnlyList<Candidate> others)
    {
        var confidence = best.Score;

        // A rival with another value and nearly the same score: one of the two is wrong.
        var rival = others.Where(other => other.Value != best.Value).Select(other => other.Score).DefaultIfEmpty(0).Max();
        if (rival > 0)
        {
            confidence *= 1 - (0.35 * Math.Pow(rival / Math.Max(best.Score, 0.01), 3));
        }

        // Two readings of the same words cannot both be right.
        if (best.Readings.Count > 0)
        {
            confidence *= 0.5;
        }

        return Math.Round(Math.Clamp(confidence, 0.01, 0.99), 4);
    }

    /// <summary>Two documents that say the same, each with its own chance of being wrong.</summary>
    public static double Together(double a, double b) => Math.Round(1 - ((1 - a) * (1 - b)), 4);
}
