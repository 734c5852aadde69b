using DocPipeline.Documents;
using DocPipeline.Server.Eval;

namespace DocPipeline.EndToEnd.Tests.Eval;

public sealed class FileScoreTests
{
    [Fact]
    public void Compare_FilledDocument_CountsRightWrongAndMissing_AndLeavesTheRestAlone()
    {
        var truth = Truth(reportsNothing: false, ("claim_number", "C-1"), ("total_amount", "10.00"), ("vin", "V1"));

        var score = FileScore.Compare(truth, "accepted", [Found("claim_number", "c-1"), Found("total_amount", "11.00"), Found("insurer", "Not asked")]);

        Assert.Equal(["claim_number:Right", "total_amount:Wrong", "vin:Missing"], score.Outcomes.Select(o => $"{o.Field}:{o.Verdict}"));
    }

    [Fact]
    public void Compare_BlankDocument_EveryValueIsInvented()
    {
        var score = FileScore.Compare(Truth(reportsNothing: true), "needs_review", [Found("insurer", "Claim Form")]);

        var outcome = Assert.Single(score.Outcomes);
        Assert.Equal(Verdict.Invented, outcome.Verdict);
    }

    [Fact]
    public void Report_AWrongValue_CountsAgainstPrecisionAndRecall()
    {
        var truth = Truth(reportsNothing: false, ("claim_number", "C-1"), ("total_amount", "10.00"), ("vin", "V1"), ("insurer", "Acme"));
        var score = FileScore.Compare(truth, "accepted", [Found("claim_number", "C-1"), Found("insurer", "Acme"), Found("total_amount", "11.00")]);

        var all = new EvalReport([score], TimeSpan.FromSeconds(1)).Overall;

        Assert.Equal(2.0 / 3, all.Precision, 6);
        Assert.Equal(2.0 / 4, all.Recall, 6);
        Assert.Equal(4.0 / 7, all.F1, 6);
        Assert.Equal(2.0 / 3, all.AcceptedPrecision, 6);
    }

    [Fact]
    public void Report_NothingRight_ScoresZero()
    {
        var score = FileScore.Compare(Truth(reportsNothing: false, ("vin", "V1")), "needs_review", []);

        Assert.Equal(0, new EvalReport([score], TimeSpan.Zero).Overall.F1);
    }

    private static GroundTruth Truth(bool reportsNothing, params (string Name, string Value)[] fields) =>
        new("claim.pdf", "claim_form", reportsNothing, fields.ToDictionary(field => field.Name, field => field.Value));

    private static Field Found(string name, string value) =>
        new(name, value, 0.9, Accepted: true, new Evidence(1, new Box(0, 0, 1, 1), value, PageSources.TextLayer), []);
}
