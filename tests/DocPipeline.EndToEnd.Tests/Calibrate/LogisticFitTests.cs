using DocPipeline.Server.Calibrate;

namespace DocPipeline.EndToEnd.Tests.Calibrate;

public sealed class LogisticFitTests
{
    [Fact]
    public void Fit_ManyExamplesOfKnownCoefficients_FindsThem()
    {
        var fit = LogisticFit.Fit([.. Examples(weight: 2, intercept: -0.5)]);

        Assert.Equal(2, fit.Weights[0], 1);
        Assert.Equal(-0.5, fit.Intercepts["amount.printed"], 1);
    }

    [Fact]
    public void Fit_AgreementThatComesWithErrors_GetsNoWeightInsteadOfANegativeOne() =>
        Assert.Equal(0, LogisticFit.Fit([.. Examples(weight: -2, intercept: 0.5)]).Weights[0]);

    [Fact]
    public void Fit_SameExamplesInAnotherOrder_GivesTheSameCoefficients()
    {
        var examples = Examples(weight: 1, intercept: 0).ToList();
        var (there, back) = (LogisticFit.Fit(examples), LogisticFit.Fit([.. Enumerable.Reverse(examples)]));

        Assert.Equal(there.Weights[0], back.Weights[0], 6);
    }

    /// <summary>At each value of the feature as many right ones as the coefficients say.</summary>
    private static IEnumerable<LabelledValue> Examples(double weight, double intercept) =>
        from step in Enumerable.Range(0, 11)
        let right = (int)Math.Round(1000 * LogisticFit.Sigmoid(intercept + (weight * step / 10.0)))
        from i in Enumerable.Range(0, 1000)
        select new LabelledValue(step, "total_amount", "amount.printed", [step / 10.0], i < right);
}
