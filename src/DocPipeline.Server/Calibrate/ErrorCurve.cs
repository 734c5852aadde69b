using DocPipeline.Resolve;
using DocPipeline.Server.Eval;

namespace DocPipeline.Server.Calibrate;

/// <summary>
/// What accepting from a confidence on costs in wrong values, for each group of values. A group's own count is taken together with that of all groups at the
/// same confidence, as if <see cref="Borrowed"/> of the accepted values came from there, and with half an error that nobody has seen yet: few values cannot prove a
/// low share of errors by themselves.
/// </summary>
internal static class ErrorCurve
{
    private const double Borrowed = 100;
    private const double Unseen = 0.5;

    // Targets closer to each other than this are not told apart.
    private const double Step = 0.97;

    /// <param name="judged">Values with confidences from a model that had not seen their documents.</param>
    public static IReadOnlyDictionary<string, IReadOnlyList<CurvePoint>> Of(IReadOnlyList<Judged> judged)
    {
        var all = new Cumulative(judged);
        return judged.GroupBy(value => value.Group).OrderBy(group => group.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<CurvePoint>)Points(new Cumulative([.. group]), all));
    }

    /// <summary>From sure to unsure. A confidence is left out where accepting from a lower one costs no more: few values at the top look costly because few.</summary>
    private static List<CurvePoint> Points(Cumulative group, Cumulative all)
    {
        var points = new List<CurvePoint>();
        for (var i = group.Confidences.Length - 1; i >= 0; i--)
        {
            // All values of one confidence are accepted together.
            if (i + 1 < group.Confidences.Length && group.Confidences[i + 1] == group.Confidences[i])
            {
                continue;
            }

            var errors = (group.Wrong[i] + (group.WeightOfOne * (Unseen + (Borrowed * all.ErrorsFrom(group.Confidences[i]))))) / (group.Counts[i] + (group.WeightOfOne * Borrowed));
            if (points.Count == 0 || errors < points[^1].Errors * Step)
            {
                points.Add(new(group.Confidences[i], errors, group.Counts[i] / group.Total));
            }
        }

        return [.. Enumerable.Reverse(points).Select(point => new CurvePoint(Math.Round(point.From, 5), Math.Round(point.Errors, 6), Math.Round(point.Share, 4)))];
    }

    /// <summary>Values from sure to unsure with running sums.</summary>
    private sealed class Cumulative
    {
        public Cumulative(IReadOnlyList<Judged> judged)
        {
            var sorted = judged.OrderByDescending(value => value.Confidence).ToList();
            Confidences = [.. sorted.Select(value => value.Confidence)];
            (Counts, Wrong) = (new double[sorted.Count], new double[sorted.Count]);
            var (count, wrong) = (0.0, 0.0);
            for (var i = 0; i < sorted.Count; i++)
            {
                Counts[i] = count += sorted[i].Weight;
                Wrong[i] = wrong += sorted[i].IsRight ? 0 : sorted[i].Weight;
            }

            Total = count;
            WeightOfOne = judged.Sum(value => value.Weight * value.Weight) / count;
        }

        public double[] Confidences { get; }

        public double[] Counts { get; }

        public double[] Wrong { get; }

        public double Total { get; }

        /// <summary>What one independent value weighs: where weights differ, as many values count as if they were fewer (Kish).</summary>
        public double WeightOfOne { get; }

        /// <summary>Share of wrong values from a confidence on.</summary>
        public double ErrorsFrom(double confidence)
        {
            // The last value that is at least as sure.
            var (low, high) = (0, Confidences.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = Confidences[middle] >= confidence ? (middle + 1, high) : (low, middle);
            }

            return low == 0 ? 0 : Wrong[low - 1] / Counts[low - 1];
        }
    }
}
