namespace DocPipeline.Server.Eval;

/// <summary>A bin of the reliability plot.</summary>
internal sealed record ReliabilityBin(double Confidence, double Right, int Count);

/// <summary>A point of the curve "errors among auto-accepted against share auto-accepted".</summary>
internal sealed record AcceptancePoint(double Share, double Errors, double From);

/// <summary>How far confidences mean what they say, and how well they rank errors.</summary>
internal sealed class Reliability(IReadOnlyList<Judged> judged)
{
    private const int Bins = 10;

    private readonly List<Judged> _sorted = [.. judged.OrderBy(value => value.Confidence)];

    public int Count => _sorted.Count;

    public int Wrong => _sorted.Count(value => !value.IsRight);

    /// <summary>Ten bins of equal width; empty ones are left out.</summary>
    public IReadOnlyList<ReliabilityBin> BinsOfConfidence => [.. _sorted
        .GroupBy(value => Math.Min((int)(value.Confidence * Bins), Bins - 1))
        .OrderBy(bin => bin.Key)
        .Select(bin => new ReliabilityBin(bin.Average(value => value.Confidence), bin.Average(value => value.IsRight ? 1.0 : 0), bin.Count()))];

    /// <summary>Expected calibration error: the mean distance between confidence and share of right values, over the bins by their size (Naeini and others, 2015).</summary>
    public double CalibrationError => Count == 0 ? 0 : BinsOfConfidence.Sum(bin => bin.Count * Math.Abs(bin.Confidence - bin.Right)) / Count;

    /// <summary>
    /// Area under the ROC curve: the probability that a right value has more confidence than a wrong one, ties half (the Mann-Whitney statistic). Null
    /// where nothing is wrong or nothing right.
    /// </summary>
    public double? Auroc
    {
        get
        {
            var (right, wrong, ranks) = (Count - Wrong, Wrong, 0.0);
            if (right == 0 || wrong == 0)
            {
                return null;
            }

            var seen = 0;
            foreach (var ties in _sorted.GroupBy(value => value.Confidence))
            {
                var size = ties.Count();
                ranks += ties.Count(value => value.IsRight) * (seen + ((size + 1) / 2.0));
                seen += size;
            }

            return (ranks - (right * (right + 1) / 2.0)) / ((double)right * wrong);
        }
    }

    /// <summary>Share of wrong values when the surest values are accepted, in steps of ten percent.</summary>
    public IReadOnlyList<AcceptancePoint> AcceptanceCurve
    {
        get
        {
            var points = new List<AcceptancePoint>();
            for (var step = 1; step <= 10 && Count > 0; step++)
            {
                var accepted = _sorted.TakeLast(Math.Max(Count * step / 10, 1)).ToList();
                points.Add(new(step / 10.0, accepted.Average(value => value.IsRight ? 0.0 : 1), accepted[0].Confidence));
            }

            return points;
        }
    }
}
