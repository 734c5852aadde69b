using System.Text.Json;
using DocPipeline.EndToEnd.Tests.Api;
using DocPipeline.Postgres;
using DocPipeline.Proof.Bench.Api;
using DocPipeline.Server.Check;
using DocPipeline.Server.Webhooks;
using DocPipeline.Testing;
using Npgsql;

namespace DocPipeline.EndToEnd.Tests.Webhooks;

/// <summary>Changes as a program pulls them.</summary>
public sealed class ChangeFeedTests(ApiMachine machine) : IClassFixture<ApiMachine>
{
    private const string Insert = "INSERT INTO docpipeline.submission (id, bucket, key, version, state, reason_code, reason, state_by) VALUES ($1, 'late', $1::text, 'v', 'rejected', 'too_large', 'Too large.', 'test')";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_commits_late_appears_late_and_is_not_missed()
    {
        var (early, late) = (Guid.NewGuid(), Guid.NewGuid());
        await using var connection = await machine.Machine.Owner.OpenConnectionAsync(Cancelled);
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        await InsertAsync(connection, late);
        await using (var other = await machine.Machine.Owner.OpenConnectionAsync(Cancelled))
        {
            await InsertAsync(other, early);
        }

        var seen = new List<Guid>();
        var cursor = await ReadUntilAsync(early, seen, cursor: null);
        Assert.DoesNotContain(late, seen);
        await transaction.CommitAsync(Cancelled);
        await ReadUntilAsync(late, seen, cursor);

        Assert.Equal([early, late], seen.Where(id => id == early || id == late));
        // The order of their numbers is the other one: who goes by those misses the late one.
        Assert.True(await machine.Machine.QueryAsync<bool>($"SELECT (SELECT id FROM docpipeline.outbox WHERE submission_id = '{late}') < (SELECT id FROM docpipeline.outbox WHERE submission_id = '{early}')"));
    }

    [Fact]
    public async Task The_end_of_the_feed_says_where_it_goes_on_and_nothing_comes_twice()
    {
        var seen = new List<Guid>();
        var cursor = await ReadUntilAsync(null, seen, cursor: null);
        var changes = await machine.Machine.QueryAsync<long>("SELECT count(*) FROM docpipeline.changes_v1");
        var again = new List<Guid>();
        Assert.Equal(cursor, await ReadUntilAsync(null, again, cursor));

        Assert.True(seen.Count >= Math.Min(changes, 2 * ApiMachine.Claims));
        Assert.Empty(again);
        using var filtered = JsonDocument.Parse(await machine.Client.GetStringAsync("/api/v1/changes?type=submission.needs_review&limit=1000", Cancelled));
        Assert.Equal(ApiMachine.Claims / 100, filtered.RootElement.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Many_publishers_at_once_number_without_gaps_and_what_is_published_is_final()
    {
        using var stop = new CancellationTokenSource();
        var publishers = Enumerable.Range(0, 4).Select(_ => Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    await PublishChanges.PublishAsync(machine.Machine.Owner, CancellationToken.None);
                }
            },
            Cancelled)).ToList();
        await Parallel.ForAsync(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Cancelled }, async (_, token) =>
        {
            await using var connection = await machine.Machine.Owner.OpenConnectionAsync(token);
            await InsertAsync(connection, Guid.NewGuid());
        });
        await Eventually.IsTrueAsync(() => machine.Machine.QueryAsync<bool>("SELECT NOT EXISTS (SELECT FROM docpipeline.outbox WHERE position IS NULL)"), "everything is published");
        await stop.CancelAsync();
        await Task.WhenAll(publishers);

        await using var asking = await machine.Machine.Owner.OpenConnectionAsync(Cancelled);
        Assert.Equal(0, (await Invariants.All.Single(invariant => invariant.Name == "changes_are_numbered").CheckAsync(asking, 1, Cancelled)).Broken);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => machine.Machine.ExecuteAsync("UPDATE docpipeline.outbox SET payload = '{}' WHERE position = 1"));
        Assert.Equal("outbox_published_is_final", refused.ConstraintName);
    }

    private static async Task InsertAsync(NpgsqlConnection connection, Guid id)
    {
        await using var insert = new NpgsqlCommand(Insert, connection) { Parameters = { new() { Value = id } } };
        await insert.ExecuteNonQueryAsync(Cancelled);
    }

    /// <summary>Reads on until a submission has come, or to the end if none is named.</summary>
    private async Task<string?> ReadUntilAsync(Guid? wanted, List<Guid> seen, string? cursor)
    {
        await Eventually.IsTrueAsync(
            async () =>
            {
                using var page = JsonDocument.Parse(await machine.Client.GetStringAsync($"/api/v1/changes?limit=100&fields=position,submission_id{(cursor is null ? "" : $"&cursor={cursor}")}", Cancelled));
                var items = page.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("submission_id").GetGuid()).ToList();
                seen.AddRange(items);
                cursor = page.RootElement.GetProperty("next").GetString();
                return wanted is { } id ? seen.Contains(id) : items.Count == 0;
            },
            "the change has come");
        return cursor;
    }
}
