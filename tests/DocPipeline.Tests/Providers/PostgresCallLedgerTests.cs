using DocPipeline.Documents;
using DocPipeline.Migrations;
using DocPipeline.Providers;
using DocPipeline.Testing;
using DocPipeline.Tests.Store;

namespace DocPipeline.Tests.Providers;

public sealed class PostgresCallLedgerTests(PipelineDatabase database) : IClassFixture<PipelineDatabase>
{
    private static readonly ProviderUsage OnePage = new("textract", "DetectDocumentText", new Dictionary<string, decimal> { [ProviderUnits.Page] = 1 });

    // Each test has a day of its own, as each has a document of its own.
    private static int _days;

    private readonly HandDrivenClock _clock = new(new DateTimeOffset(2030, 1, 1, 12, 0, 0, TimeSpan.Zero) + TimeSpan.FromDays(Interlocked.Increment(ref _days)));

    [Fact]
    public async Task A_call_stands_there_before_it_is_answered_and_with_its_cost_after()
    {
        var call = await CallOfAsync();
        var ledger = Ledger(new Budget());

        var id = await ledger.BeginAsync("textract", call, TestContext.Current.CancellationToken);
        var before = await RowAsync(id);
        await ledger.EndAsync(id, new(CallOutcomes.Answered, OnePage, Problem: null));

        Assert.Equal("sent||0.0015|{}", before);
        Assert.Equal("answered|DetectDocumentText|0.0015|{\"page\": 1}", await RowAsync(id));
        Assert.Equal(0.0015m, await TodayAsync());
    }

    [Fact]
    public async Task What_was_not_consumed_costs_nothing_and_frees_what_was_reserved()
    {
        var ledger = Ledger(new Budget());
        var id = await ledger.BeginAsync("textract", await CallOfAsync(), TestContext.Current.CancellationToken);

        await ledger.EndAsync(id, new(CallOutcomes.Failed, Usage: null, "throttled"));

        Assert.Equal("failed||0|{}", await RowAsync(id));
        Assert.Equal(0m, await TodayAsync());
    }

    [Fact]
    public async Task Ended_twice_the_first_end_stands()
    {
        var ledger = Ledger(new Budget());
        var id = await ledger.BeginAsync("textract", await CallOfAsync(), TestContext.Current.CancellationToken);
        await ledger.EndAsync(id, new(CallOutcomes.Answered, OnePage, Problem: null));

        await ledger.EndAsync(id, new(CallOutcomes.Failed, Usage: null, "late"));

        Assert.StartsWith("answered", await RowAsync(id), StringComparison.Ordinal);
        Assert.Equal(0.0015m, await TodayAsync());
    }

    [Fact]
    public async Task Without_a_price_it_is_counted_in_units_and_says_so()
    {
        var call = await CallOfAsync();
        var ledger = Ledger(new Budget());
        var id = await ledger.BeginAsync("elsewhere", call with { Expected = null }, TestContext.Current.CancellationToken);

        await ledger.EndAsync(id, new(CallOutcomes.Answered, new("elsewhere", "reads", new Dictionary<string, decimal> { [ProviderUnits.Page] = 3 }), Problem: null));

        Assert.Equal(0.01m, await TodayAsync());
        Assert.Equal("False|{\"page\": 3}", await database.ScalarAsync<string>("SELECT CASE WHEN priced THEN 'True' ELSE 'False' END || '|' || units FROM docpipeline.costs_v1 WHERE call_id = $1", id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sixteen_that_race_never_pass_a_budget(bool ofTheDay)
    {
        // Six pages at 0.0015 fit into 0.0095.
        var budget = ofTheDay ? new Budget { UsdPerDay = 0.0095m } : new Budget { UsdPerDocument = 0.0095m };
        var call = await CallOfAsync();
        var gates = Enumerable.Range(0, 16).Select(_ => new ProviderGate(limits: null, Ledger(budget), TimeProvider.System)).ToList();
        var sent = 0;

        var ends = await Task.WhenAll(gates.Select(async gate =>
        {
            try
            {
                await gate.CallAsync(
                    "textract",
                    call,
                    async _ =>
                    {
                        Interlocked.Increment(ref sent);
                        await Task.Yield();
                        return OnePage;
                    },
                    static usage => usage,
                    TestContext.Current.CancellationToken);
                return null;
            }
            catch (ProviderRefusal refusal)
            {
                return refusal;
            }
        }));

        Assert.Equal(6, sent);
        Assert.Equal(10, ends.Count(end => end?.Kind == RefusalKind.QuotaExhausted));
        Assert.Equal(0.009m, await TodayAsync());
        Assert.Equal(6L, await database.ScalarAsync<long>("SELECT count(*) FROM docpipeline.costs_v1 WHERE content_sha256 = $1", call.Content.Value));
        gates.ForEach(gate => gate.Dispose());
    }

    [Fact]
    public async Task Calls_of_a_day_are_begun_one_at_a_time_and_those_of_another_purse_beside_them()
    {
        var call = await CallOfAsync();
        await using var connection = await database.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var hold = new Npgsql.NpgsqlCommand(PipelineSchema.Sql["Providers/lock_day.sql"], connection, transaction) { Parameters = { new() { Value = Today }, new() { Value = Purses.Claims } } })
        {
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var waiting = Ledger(new Budget()).BeginAsync("textract", call, TestContext.Current.CancellationToken);
        await new PostgresCallLedger(database.Worker, PriceList.Shipped, new Budget(), _clock, Purses.Comparisons).BeginAsync("textract", call, TestContext.Current.CancellationToken);
        await Eventually.IsTrueAsync(
            () => database.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%provider_day%')"), "the other call waits");

        Assert.False(waiting.IsCompleted);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        await waiting;
    }

    [Fact]
    public async Task A_new_day_begins_with_its_own_budget()
    {
        var ledger = Ledger(new Budget { UsdPerDay = 0.002m });
        var call = await CallOfAsync();
        await ledger.BeginAsync("textract", call, TestContext.Current.CancellationToken);
        var refusal = await Assert.ThrowsAsync<ProviderRefusal>(() => ledger.BeginAsync("textract", call, TestContext.Current.CancellationToken));
        Assert.StartsWith("The budget of 0.002 USD a day is used up (0.0015 spent).", refusal.Message, StringComparison.Ordinal);

        _clock.Advance(TimeSpan.FromHours(12));

        await ledger.BeginAsync("textract", call, TestContext.Current.CancellationToken);
        Interlocked.Increment(ref _days);
    }

    [Fact]
    public async Task Sums_of_days_agree_with_their_calls_and_a_wrong_one_is_found()
    {
        var ledger = Ledger(new Budget());
        await ledger.BeginAsync("textract", await CallOfAsync(), TestContext.Current.CancellationToken);
        var invariant = PipelineSchema.Invariants.Single(invariant => invariant.Name == "costs_add_up");
        await using var connection = await database.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);

        var holds = await invariant.CheckAsync(connection, 5, TestContext.Current.CancellationToken);
        await using (var spoil = new Npgsql.NpgsqlCommand("UPDATE docpipeline.provider_day SET usd = usd + 1 WHERE day = $1", connection, transaction) { Parameters = { new() { Value = Today } } })
        {
            await spoil.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, holds.Broken);
        Assert.Equal(1, (await invariant.CheckAsync(connection, 5, TestContext.Current.CancellationToken)).Broken);
    }

    private DateOnly Today => DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime);

    private PostgresCallLedger Ledger(Budget budget) => new(database.Worker, PriceList.Shipped, budget, _clock);

    private async Task<ProviderCall> CallOfAsync()
    {
        var submission = (await database.AcceptAsync()).Submission;
        var content = await database.ScalarAsync<string>("SELECT content FROM docpipeline.submission WHERE id = $1", submission.Value);
        return new(new ContentHash(content), submission.ToString(), "recognize-page") { Expected = OnePage };
    }

    private Task<string> RowAsync(Guid id) =>
        database.ScalarAsync<string>("SELECT outcome || '|' || coalesce(model, '') || '|' || usd || '|' || units FROM docpipeline.costs_v1 WHERE call_id = $1", id);

    private Task<decimal> TodayAsync() => database.ScalarAsync<decimal>("SELECT usd FROM docpipeline.provider_day WHERE day = $1", Today);
}
