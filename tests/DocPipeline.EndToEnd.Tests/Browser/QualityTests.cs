using DocPipeline.Review;
using Microsoft.Playwright;

namespace DocPipeline.EndToEnd.Tests.Browser;

/// <summary>Blind checks of what nobody has looked at.</summary>
public sealed class QualityTests(ReviewMachine review) : IClassFixture<ReviewMachine>
{
    [Fact]
    public async Task A_sample_shows_no_confidence_and_what_was_wrong_is_counted_once()
    {
        var id = await review.HandInSampleAsync("blind");
        await using var person = await review.SignInAsync("reviewer", "/queue?state=sample");
        await person.Page.ClickAsync("text=blind.txt");
        await person.WorkbenchAsync();

        Assert.Equal(0, await person.Page.Locator(".confidence, .field.flagged, .field .finding, .choices").CountAsync());
        Assert.DoesNotContain("%", await person.Page.Locator("#fields").InnerTextAsync(), StringComparison.Ordinal);
        var before = await review.Machine.ListAsync($"SELECT name, value FROM docpipeline.claim_fields_v1 WHERE submission_id = '{id}' ORDER BY name");
        await person.Page.FillAsync("#f-cause_of_loss", "Hailstorm");
        await person.Page.ClickAsync("#approve");
        await person.Page.WaitForURLAsync("**/queue?done=recorded");

        Assert.Equal(
            [$"a-reviewer|{before.Count}|1|Hailstorm"],
            await review.Machine.ListAsync($"SELECT by, fields, wrong, changes -> 0 ->> 'to' FROM docpipeline.quality_result WHERE submission_id = '{id}'"));
        // Others have the claim already: the check changes nothing about it.
        Assert.Equal(before, await review.Machine.ListAsync($"SELECT name, value FROM docpipeline.claim_fields_v1 WHERE submission_id = '{id}' ORDER BY name"));
        Assert.Equal("accepted", await review.StateAsync(id));
        await person.Page.GotoAsync("/dashboard");
        await Assertions.Expect(person.Page.Locator(".tiles")).ToContainTextAsync("1 of 1 checked");
        Assert.Empty(person.Complaints);
    }

    [Fact]
    public async Task A_claim_that_waits_for_a_person_did_not_go_straight_through()
    {
        await review.HandInInvoiceAsync("THROUGH-1");
        await review.HandInSampleAsync("through-2");
        await using var person = await review.SignInAsync("reader", "/dashboard");

        var share = await review.Machine.QueryAsync<string>(
            "SELECT to_char(100.0 * count(*) FILTER (WHERE state = 'accepted') / count(*), 'FM990.0') FROM docpipeline.submissions_v1 WHERE state IN ('accepted', 'reviewed', 'needs_review')");
        Assert.NotEqual("100.0", share);
        await Assertions.Expect(person.Page.Locator(".tiles > div").First).ToContainTextAsync($"{share} %");
    }

    /// <summary>Worked out from Wilson's formula outside of the product.</summary>
    [Theory]
    [InlineData(0, 10, 0, 0.2775)]
    [InlineData(1, 10, 0.0179, 0.4042)]
    [InlineData(5, 100, 0.0215, 0.1118)]
    [InlineData(50, 100, 0.4038, 0.5962)]
    public void The_interval_is_Wilsons(int wrong, int claims, double low, double high)
    {
        var interval = new QualityFigures(claims, wrong, 0, 0).Interval;

        Assert.Equal((low, high), (Math.Round(interval.Low, 4), Math.Round(interval.High, 4)));
    }

    [Theory]
    [InlineData(0, 0, 0.05)]
    [InlineData(19, 19, 0.05)]
    [InlineData(20, 0, 0.10)]
    [InlineData(100, 0, 0.05)]
    [InlineData(100, 5, 0.10)]
    [InlineData(100, 20, 0.20)]
    public void The_share_grows_while_the_interval_reaches_beyond_the_target(int claims, int wrong, double share) =>
        Assert.Equal(share, new QualityFigures(claims, wrong, 0, 0).ShareFor(new QualityOptions()), 6);

    [Fact]
    public void Nothing_is_checked_more_often_than_always() =>
        Assert.Equal(1, new QualityFigures(100, 50, 0, 0).ShareFor(new QualityOptions { Share = 0.5 }));
}
