using DocPipeline.Documents;
using DocPipeline.Ingest;
using DocPipeline.Query;
using DocPipeline.Store;

namespace DocPipeline.Tests.Store;

public sealed class SubmissionQueriesTests(PipelineDatabase database) : IClassFixture<PipelineDatabase>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lists_count_and_page_without_shifting_when_submissions_arrive()
    {
        var queries = new SubmissionQueries(database.Worker);
        var ids = new List<SubmissionId>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add((await database.AcceptAsync()).Submission);
        }

        await database.RunAsync(new RejectSubmission(), new Rejection(ids[1], FaultCodes.Encrypted, "It wants a password."));
        ids.Reverse();

        var first = await queries.ListAsync(null, null, 2, Cancel);
        await database.AcceptAsync(key: "later.pdf");
        var second = await queries.ListAsync(null, new(first[^1].ReceivedAt, first[^1].Id), 1000, Cancel);

        Assert.Equal(ids, first.Concat(second).Select(row => row.Id));
        var rejected = Assert.Single(await queries.ListAsync(SubmissionStates.Rejected, null, 10, Cancel));
        Assert.Equal((ids[3], "encrypted", "It wants a password."), (rejected.Id, rejected.ReasonCode, rejected.Reason));
        var counts = await queries.CountsAsync(Cancel);
        Assert.Equal(["processing 5", "rejected 1"], counts.Select(count => $"{count.State} {count.Count}"));
        Assert.All(counts, count => Assert.InRange(count.OldestFor, TimeSpan.Zero, TimeSpan.FromMinutes(1)));
        Assert.Equal(rejected, await queries.FindAsync(rejected.Id, Cancel));
        Assert.Null(await queries.FindAsync(new SubmissionId(Guid.NewGuid()), Cancel));
        Assert.Equal(["later.pdf"], (await queries.FindByKeyAsync(null, "later.pdf", Cancel)).Select(row => row.Key));
        Assert.Empty(await queries.FindByKeyAsync("other", "later.pdf", Cancel));
        Assert.Equal(
            ["1 - processing intake", "2 processing rejected pipeline"],
            (await queries.HistoryAsync(rejected.Id, Cancel)).Select(row => $"{row.Sequence} {row.From ?? "-"} {row.To} {row.By}"));
    }
}
