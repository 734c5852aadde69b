using DocPipeline.Documents;
using DocPipeline.Store;

namespace DocPipeline.Tests.Store;

public sealed class DuplicateLookupTests(PipelineDatabase database) : IClassFixture<PipelineDatabase>
{
    [Theory]
    [InlineData("inv 0815", "ACME  Body-Shop", null, null, "invoice_number+provider")]
    [InlineData("INV0815", "Another", 99.50, null, "invoice_number+total_amount")]
    [InlineData(null, null, 99.50, "cl 5", "claim_number+total_amount")]
    [InlineData("INV0815", "Another", 1.00, null, null)]
    [InlineData("INV0815", null, null, null, null)]
    [InlineData(null, null, 1.00, "CL5", null)]
    [InlineData(null, "ACME Body Shop", 99.50, null, null)]
    [InlineData("---", "...", null, null, null)]
    public async Task The_same_claim_on_other_paper_is_found_by_two_equal_things(
        string? invoice, string? provider, double? total, string? claimNumber, string? match)
    {
        // Theory rows share the database: each keeps to numbers of its own.
        var row = Guid.NewGuid().ToString("N");
        var stored = await database.StoreAsync(Claims.Estimate(
            "CL 5" + row, "99.50", 0, Claims.Field("invoice_number", "INV 0815" + row), Claims.Field("provider", "Acme Body Shop")));
        var query = new DuplicateQuery(
            new SubmissionId(Guid.NewGuid()), claimNumber is null ? null : claimNumber + row, invoice is null ? null : invoice + row, provider, (decimal?)total);

        var found = await new DuplicateLookup(database.Worker).FindAsync(query, TestContext.Current.CancellationToken);

        Assert.Equal(match is null ? [] : new[] { (stored, match) }, found.Select(duplicate => (duplicate.Submission, duplicate.Match)));
        Assert.Empty(await new DuplicateLookup(database.Worker).FindAsync(query with { Submission = stored }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Names_in_any_script_are_compared_and_an_empty_one_equals_nothing()
    {
        var stored = await database.StoreAsync(Claims.Estimate("CL-U", "5.00", 0, Claims.Field("invoice_number", "发票-1"), Claims.Field("provider", "北京 修理厂")));
        await database.StoreAsync(Claims.Estimate("CL-V", "6.00", 0, Claims.Field("invoice_number", "发票-1"), Claims.Field("provider", "--")));
        var lookup = new DuplicateLookup(database.Worker);

        var same = await lookup.FindAsync(
            new(new SubmissionId(Guid.NewGuid()), InvoiceNumber: "发票-1", Provider: "北京修理厂"), TestContext.Current.CancellationToken);
        var empty = await lookup.FindAsync(
            new(new SubmissionId(Guid.NewGuid()), InvoiceNumber: "发票-1", Provider: "..."), TestContext.Current.CancellationToken);

        Assert.Equal(stored, Assert.Single(same).Submission);
        Assert.Empty(empty);
    }
}
