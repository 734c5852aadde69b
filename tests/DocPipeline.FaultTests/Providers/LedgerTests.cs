using System.Text;
using DocPipeline.FaultTests.Machines;
using DocPipeline.Ingest;
using DocPipeline.Proof.Machines;
using DocPipeline.Testing;
using DocPipeline.Testing.Wire;

namespace DocPipeline.FaultTests.Providers;

/// <summary>
/// The database is lost around a call of a service, or the process dies while it waits for the reply: a call that may have been paid stands in the ledger as sent, with what was reserved for it;
/// what was answered is not asked twice; no cent is missing from the sums; and the document comes to its end.
/// </summary>
public sealed class LedgerTests
{
    private const string Begin = "Providers/lock_day.sql + Providers/begin_call.sql";
    private const string Commit = $"COMMIT of {Begin}";
    private const string End = "Providers/end_call.sql";

    // No price is known for this model: a call takes what is assumed.
    private const decimal OfCall = 0.01m;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Begin, Fault.CutBefore, 1, "answered")]
    [InlineData(Begin, Fault.LoseReply, 1, "answered")]
    [InlineData(Commit, Fault.CutBefore, 1, "answered")]
    [InlineData(Commit, Fault.LoseReply, 1, "answered sent")]
    [InlineData(End, Fault.CutBefore, 1, "sent")]
    [InlineData(End, Fault.LoseReply, 1, "answered")]
    public async Task A_connection_that_breaks_around_a_call_costs_at_most_what_was_reserved_and_asks_nothing_twice(string roundTrip, Fault fault, int requests, string rows)
    {
        await using var model = new AskedServer();
        await using var machine = await PipelineMachine.CreateAsync();
        var plan = new FaultPlan().Add(roundTrip, fault);
        await using var server = await RunningServer.StartAsync(machine.Settings(plan) with { Llm = "openai", LlmModel = "a-model", LlmEndpoint = model.Endpoint }, machine.Log);

        machine.Drop("undated.txt", Encoding.UTF8.GetBytes(AskedServer.UndatedForm));
        await machine.UntilStateAsync("undated.txt", SubmissionStates.NeedsReview);

        Assert.True(plan.IsDone, $"The fault never happened: {string.Join(", ", plan.Seen.Keys.Where(name => name.Contains("Providers/", StringComparison.Ordinal)))}");
        Assert.Equal(requests, model.Requests);
        Assert.Equal(rows, await machine.ScalarAsync<string>("SELECT string_agg(outcome, ' ' ORDER BY outcome) FROM docpipeline.provider_call"));
        Assert.Equal(OfCall * rows.Split(' ').Length, await machine.ScalarAsync<decimal>("SELECT usd FROM docpipeline.provider_day"));
        Assert.Equal("2026-03-17", await machine.ScalarAsync<string>("SELECT value FROM docpipeline.claim_field WHERE name = 'date_of_loss'"));
        Assert.Empty(await machine.ViolationsAsync());
    }

    [Theory]
    [InlineData("1", 2, "answered sent", false)]
    [InlineData("0.015", 1, "sent", true)]
    public async Task A_process_that_dies_while_it_waits_leaves_the_call_as_sent_and_the_budget_of_the_document_ends_the_asking(string budget, int requests, string rows, bool isGoneWithout)
    {
        await using var model = new AskedServer { FallsSilentAtFirst = true };
        await using var machine = await PrivateMachine.CreateAsync(Cancelled);
        machine.Settings["DOCPIPELINE_LLM"] = "openai";
        machine.Settings["DOCPIPELINE_LLM_MODEL"] = "a-model";
        machine.Settings["DOCPIPELINE_LLM_ENDPOINT"] = model.Endpoint;
        machine.Settings["DOCPIPELINE_BUDGET_DOCUMENT_USD"] = budget;
        await using (var dying = await machine.ServeAsync(Cancelled))
        {
            await File.WriteAllTextAsync(Path.Combine(machine.Bucket, "undated.txt"), AskedServer.UndatedForm, Cancelled);
            await Eventually.IsTrueAsync(() => Task.FromResult(model.Requests == 1), "the model is asked", TimeSpan.FromSeconds(60));
            await dying.KillAsync();
        }

        Assert.Equal(["sent"], await machine.ListAsync("SELECT outcome FROM docpipeline.provider_call", Cancelled));
        await using var server = await machine.ServeAsync(Cancelled);
        await Eventually.IsTrueAsync(
            async () => (await machine.ListAsync("SELECT state FROM docpipeline.submission", Cancelled)) is ["needs_review"], "the document waits for a person", TimeSpan.FromMinutes(3));

        Assert.Equal(requests, model.Requests);
        Assert.Equal([rows], await machine.ListAsync("SELECT string_agg(outcome, ' ' ORDER BY outcome) FROM docpipeline.provider_call", Cancelled));
        Assert.Equal([(OfCall * rows.Split(' ').Length).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)], await machine.ListAsync("SELECT round(usd, 2)::text FROM docpipeline.provider_day", Cancelled));
        Assert.Equal(isGoneWithout ? ["1"] : ["0"], await machine.ListAsync("SELECT count(*) FROM docpipeline.finding WHERE rule = 'model-not-asked'", Cancelled));
        Assert.Empty(await Ended.BrokenAsync(machine.Owner, Cancelled));
    }
}
