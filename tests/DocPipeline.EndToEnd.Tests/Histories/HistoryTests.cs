using DocPipeline.Documents;
using DocPipeline.Durable;
using DocPipeline.Durable.Operating;
using DocPipeline.Extract;
using DocPipeline.Ingest;
using DocPipeline.Pages;
using DocPipeline.Postgres;
using DocPipeline.Resolve;
using DocPipeline.Resolve.Ask;
using DocPipeline.Server.Hosting;
using DocPipeline.Split;
using DocPipeline.Store;
using DocPipeline.Testing;
using DocPipeline.Validate;
using DocPipeline.Workflow;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NpgsqlTypes;

namespace DocPipeline.EndToEnd.Tests.Histories;

/// <summary>Documents that an older program has begun are continued by this one: see README.md.</summary>
public sealed class HistoryTests
{
    private static readonly EmbeddedText Sql = new(typeof(HistoryTests).Assembly);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string> Files => [.. HistoryFile.All];

    [Fact]
    public void This_version_has_a_recorded_history_with_every_kind_of_end()
    {
        var path = HistoryFile.PathOf(DocumentPipeline.Name.Name, DocumentPipeline.Name.Version);

        Assert.True(File.Exists(path), $"Record it: {HistoryFile.Folder}/README.md");
        Assert.Equal(["completed", "dead", "waiting"], HistoryFile.Read(Path.GetFileName(path)).Select(history => history.Status).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_step_that_only_some_machines_have_is_in_a_history_of_its_own() =>
        Assert.Contains("ask-model", File.ReadAllText(Path.Combine(HistoryFile.Folder, $"{DocumentPipeline.Name.Name}-{DocumentPipeline.Name.Version}-asked.json")), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_recorded_workflow_comes_to_its_recorded_end_without_running_a_step(string file)
    {
        var histories = HistoryFile.Read(file);
        await using var database = await TestDatabase.CreateAsync();
        var ends = await ReplayAsync(database, histories, Pipeline.AddVersions);

        foreach (var (history, end) in histories.Zip(ends))
        {
            Assert.Equal($"{history.File}: {history.Status} {history.Reason}", $"{history.File}: {end.Status} {NullIfEmpty(end.Standing.Reason)}");
            Assert.True(HistoryFile.Same(history.Output, end.Output), $"{history.File}: the output is {end.Output}");
            Assert.Equal(history.Steps, end.Steps.Count);
        }

        await using var connection = await database.Owner.OpenConnectionAsync(Cancelled);
        foreach (var invariant in DurableSchema.Invariants)
        {
            Assert.Equal((invariant.Name, 0L), (invariant.Name, (await invariant.CheckAsync(connection, 1, Cancelled)).Broken));
        }
    }

    [Fact]
    public async Task With_another_order_of_steps_under_the_same_version_every_one_is_parked_untouched_and_says_why()
    {
        var histories = HistoryFile.Read(Path.GetFileName(HistoryFile.PathOf(DocumentPipeline.Name.Name, DocumentPipeline.Name.Version)));
        await using var database = await TestDatabase.CreateAsync();

        var ends = await ReplayAsync(database, histories, builder => builder.AddWorkflow(DocumentPipeline.Name, () => new RejectFirst()));

        Assert.All(histories.Zip(ends), pair =>
        {
            Assert.Equal("parked", pair.Second.Status);
            Assert.Matches("^Step 1 is recorded as activity (open-file|flag-duplicate), but the workflow now asks for activity reject-submission. Was it changed without a new version\\?$", pair.Second.Standing.Reason);
            Assert.Equal(pair.First.Steps, pair.Second.Steps.Count);
        });
    }

    /// <summary>Every workflow as it was recorded, taken up by an engine whose activities must not be called; how each of them ends.</summary>
    private static async Task<IReadOnlyList<InstanceReport>> ReplayAsync(TestDatabase database, IReadOnlyList<History> histories, Func<DurableBuilder, DurableBuilder> addWorkflows)
    {
        await DurableSchema.MigrateAsync(database.Owner, Cancelled);
        foreach (var history in histories)
        {
            await using var restore = database.Owner.CreateCommand(Sql["Histories/Sql/restore.sql"]);
            restore.Parameters.Add(new() { Value = history.Json, NpgsqlDbType = NpgsqlDbType.Jsonb });
            Assert.Equal(history.Steps, await restore.ExecuteNonQueryAsync(Cancelled));
        }

        var calls = new Calls();
        await using var worker = DurableSchema.Connect(database.ConnectionString);
        await using var engine = new DurableEngine(worker, AddActivities(addWorkflows(new DurableBuilder()), calls), new DurableOptions(), NullLogger<DurableEngine>.Instance);
        await engine.StartAsync(Cancelled);
        var @operator = new DurableOperator(database.Owner, new DurableOptions());
        await Eventually.IsTrueAsync(
            async () => (await @operator.CountAsync(Cancelled)).Keys.All(status => status is not ("pending" or "running")), "all of them have come to rest", TimeSpan.FromSeconds(30));
        Assert.Empty(calls.Made);

        var ends = new List<InstanceReport>();
        foreach (var history in histories)
        {
            ends.Add((await @operator.ShowAsync(history.Id, Cancelled))!);
        }

        return ends;
    }

    private static DurableBuilder AddActivities(DurableBuilder builder, Calls calls) => builder
        .AddActivity(FlagDuplicate.Name, calls.Of(FlagDuplicate.Name))
        .AddActivity(OpenFile.Name, calls.Of(OpenFile.Name))
        .AddActivity(RecognizePage.Name, calls.Of(RecognizePage.Name))
        .AddActivity(SplitPages.Name, calls.Of(SplitPages.Name))
        .AddActivity(ExtractDocument.Name, calls.Of(ExtractDocument.Name))
        .AddActivity(ResolveClaim.Name, calls.Of(ResolveClaim.Name))
        .AddActivity(AskModel.Name, calls.Of(AskModel.Name))
        .AddActivity(ValidateClaim.Name, calls.Of(ValidateClaim.Name))
        .AddActivity(RejectSubmission.Name, calls.Of(RejectSubmission.Name))
        .AddActivity(StoreClaim.Name, calls.Of(StoreClaim.Name))
        .AddActivity(RecordReview.Name, calls.Of(RecordReview.Name));

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    /// <summary>A workflow whose first step is another one.</summary>
    private sealed class RejectFirst : IWorkflow<Submission, SubmissionOutcome>
    {
        public Task<SubmissionOutcome> RunAsync(IWorkflowContext context, Submission input) =>
            context.CallAsync(RejectSubmission.Name, new Rejection(input.Id, "changed", "The order was changed."));
    }

    private sealed class Calls
    {
        public System.Collections.Concurrent.ConcurrentBag<string> Made { get; } = [];

        public IActivity<TIn, TOut> Of<TIn, TOut>(Activity<TIn, TOut> name) => new Forbidden<TIn, TOut>(name.Name, this);

        private sealed class Forbidden<TIn, TOut>(string name, Calls calls) : IActivity<TIn, TOut>
        {
            public Task<TOut> RunAsync(TIn input, ActivityContext context, CancellationToken cancellationToken)
            {
                calls.Made.Add(name);
                throw new InvalidOperationException($"{name} was called, but its result is recorded.");
            }
        }
    }
}
