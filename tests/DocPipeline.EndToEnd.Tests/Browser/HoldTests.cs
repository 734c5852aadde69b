using System.Net;
using System.Text.RegularExpressions;
using DocPipeline.EndToEnd.Tests.Machine;

namespace DocPipeline.EndToEnd.Tests.Browser;

/// <summary>A document is one person's for as long as that person gives signs of life.</summary>
public sealed partial class HoldTests(ReviewMachine machine) : IClassFixture<ReviewMachine>
{
    [Fact]
    public async Task Who_gives_no_sign_of_life_loses_the_document_to_whoever_comes_next_and_decides_nothing_any_more()
    {
        var id = await machine.HandInInvoiceAsync("HOLD-1");
        using var first = await machine.Served.SignedInAsync("reviewer");
        using var other = await machine.Served.SignedInAsync("supervisor");
        Assert.Contains("data-mine=\"true\"", await first.ReadAsync($"/review/{id}"), StringComparison.Ordinal);
        Assert.Contains("a-reviewer is working on this document", await other.ReadAsync($"/review/{id}"), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.Conflict), (await HoldAsync(first), await HoldAsync(other)));

        // Time passes.
        await machine.Machine.ExecuteAsync("UPDATE docpipeline.review_assignment SET taken_at = taken_at - interval '10 minutes', until = until - interval '6 minutes'");

        Assert.DoesNotContain("a-reviewer", await other.ReadAsync("/queue"), StringComparison.Ordinal);
        using var next = await other.GetAsync("/review/next");
        Assert.Equal($"/review/{id}?next=true", next.Headers.Location!.ToString());
        Assert.Contains("data-mine=\"true\"", await other.ReadAsync($"/review/{id}"), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.NoContent), (await HoldAsync(first), await HoldAsync(other)));
        var version = Version().Match(await first.ReadAsync($"/review/{id}")).Groups["version"].Value;
        using var late = await first.PostAsync($"/review/{id}", await first.TokenAsync("/account"), ("version", version), ("decision", "reject"), ("note", "Too late."));
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Equal(0L, await machine.Machine.QueryAsync<long>("SELECT count(*) FROM docpipeline.review_action"));

        async Task<HttpStatusCode> HoldAsync(Visitor visitor) => (await visitor.PostAsync($"/review/{id}/hold", await visitor.TokenAsync("/account"))).StatusCode;
    }

    [GeneratedRegex("name=\"version\" value=\"(?<version>\\d+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version();
}
