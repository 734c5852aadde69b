using DocPipeline.Server.Eval;

namespace DocPipeline.EndToEnd.Tests.Eval;

public sealed class ReliabilityTests
{
    [Fact]
    public void Auroc_EveryRightValueAboveEveryWrongOne_IsOne() =>
        Assert.Equal(1, Of((0.9, true), (0.8, true), (0.3, false)).Auroc);

    [Fact]
    public void Auroc_OnePairOfSixInTheWrongOrderAndOneTied_CountsPairs() =>
        Assert.Equal(4.5 / 6, Of((0.9, true), (0.6, true), (0.4, true), (0.6, false), (0.2, false)).Auroc);

    [Fact]
    public void Auroc_NothingWrong_IsUnknown() => Assert.Null(Of((0.9, true), (0.8, true)).Auroc);

    [Fact]
    public void CalibrationError_ConfidencesThatMeanWhatTheySay_IsZero() =>
        Assert.Equal(0, Of((0.75, true), (0.75, true), (0.75, true), (0.75, false)).CalibrationError, 9);

    [Fact]
    public void CalibrationError_TwoBins_IsTheirDistanceBySize() =>
        Assert.Equal(((3 * 0.05) + (1 * 0.55)) / 4, Of((0.95, true), (0.95, true), (0.95, true), (0.55, false)).CalibrationError, 9);

    [Fact]
    public void AcceptanceCurve_AcceptsTheSurestFirst()
    {
        var curve = Of([.. Enumerable.Range(1, 20).Select(i => (i / 20.0, i > 2))]).AcceptanceCurve;

        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 0, 0.1], curve.Select(point => point.Errors));
        Assert.Equal(0.15, curve[8].From, 9);
    }

    private static Reliability Of(params (double Confidence, bool IsRight)[] values) => new([.. values.Select(value => new Judged("amount.printed", value.Confidence, value.IsRight))]);
}
