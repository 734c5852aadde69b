using DocPipeline.Server.Calibrate;
using DocPipeline.Server.Eval;

namespace DocPipeline.EndToEnd.Tests.Calibrate;

public sealed class ErrorCurveTests
{
    [Fact]
    public void Of_ErrorsNeverFallTowardsLessConfidence()
    {
        var points = ErrorCurve.Of([.. Enumerable.Range(1, 2000).Select(i => new Judged("date.printed", i / 2000.0, i % 7 != 0 || i > 1500))])["date.printed"];

        Assert.Equal(points.Select(point => point.Errors).Order(), points.Select(point => point.Errors));
        Assert.Equal(points.Select(point => point.From).OrderDescending(), points.Select(point => point.From));
        Assert.InRange(points.Count, 10, 200);
    }

    [Fact]
    public void Of_FewFaultlessValues_ProveNoStrictTarget()
    {
        var curves = ErrorCurve.Of(
        [
            .. Enumerable.Range(1, 3000).Select(i => new Judged("amount.printed", 0.9 + (i / 40000.0), true)),
            .. Enumerable.Range(1, 12).Select(i => new Judged("text.printed", 0.99, true)),
        ]);

        Assert.True(curves["amount.printed"].Min(point => point.Errors) < 0.001);
        Assert.True(curves["text.printed"].Min(point => point.Errors) > 0.003);
    }
}
