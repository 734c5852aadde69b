using DocPipeline.Workflow;
using Npgsql;
using static DocPipeline.Durable.Tests.Names;

namespace DocPipeline.Durable.Tests;

public sealed class EffectTests
{
    [Fact]
    public async Task A_database_effect_and_the_record_of_its_step_exist_together_or_not_at_all()
    {
        await using var harness = await Harness.CreateAsync();
        var engine = harness.Engine(builder => builder
            .Workflow(Sum, (context, input) => context.CallAsync(AddOne, input, Impatient))
            .Activity(AddOne, (input, context, _) =>
            {
                context.CommitWith(async (transaction, token) =>
                {
                    await Harness.Note(context, "attempt " + context.Attempt)(transaction, token);
                    if (context.Attempt < 3)
                    {
                        throw new TransientFailure("after the insert");
                    }
                });
                return Task.FromResult(input + 1);
            }));

        await harness.StartAsync(Sum, "one", 1, engine.Client);

        Assert.Equal(2, await harness.OutputAsync<int>("one"));
        Assert.Equal("attempt 3", await harness.ScalarAsync<string>("SELECT string_agg(note, ',') FROM ledger"));
        Assert.Equal(3, await harness.ScalarAsync<int>("SELECT attempts FROM durable.step"));
    }

    [Theory]
    [InlineData(1, "completed", 1)]
    [InlineData(int.MaxValue, "dead", 2)]
    public async Task A_connection_lost_inside_an_effect_is_no_failure_of_the_activity_unless_it_is_lost_every_time(int losses, string end, int attempts)
    {
        await using var harness = await Harness.CreateAsync();
        var engine = harness.Engine(builder => builder
            .Workflow(Sum, (context, input) => context.CallAsync(AddOne, input, Impatient with { MaxAttempts = attempts }))
            .Activity(AddOne, (input, context, _) =>
            {
                context.CommitWith(async (transaction, token) =>
                {
                    await Harness.Note(context, "add")(transaction, token);
                    if (losses-- > 0)
                    {
                        await harness.ExecuteAsync($"SELECT pg_terminate_backend({transaction.Connection!.ProcessID})");
                    }

                    await Harness.Note(context, "added")(transaction, token);
                });
                return Task.FromResult(input + 1);
            }));

        await harness.StartAsync(Sum, "one", 1, engine.Client);
        await harness.UntilAsync("one", end);

        Assert.Equal(end == "completed" ? 2 : 0, await harness.LedgerAsync());
        Assert.Equal(attempts, await harness.ScalarAsync<int>("SELECT attempts FROM durable.step"));
    }

    [Fact]
    public async Task An_effect_that_the_database_refuses_is_a_bug_of_the_activity()
    {
        await using var harness = await Harness.CreateAsync();
        await harness.ExecuteAsync("CREATE TABLE once (id int UNIQUE DEFERRABLE INITIALLY DEFERRED); INSERT INTO once VALUES (1); GRANT ALL ON once TO docpipeline_worker");
        var engine = harness.Engine(builder => builder
            .Workflow(Sum, (context, input) => context.CallAsync(AddOne, input))
            .Activity(AddOne, (input, context, _) =>
            {
                context.CommitWith(async (transaction, token) =>
                {
                    await using var command = new NpgsqlCommand("INSERT INTO once VALUES (1)", transaction.Connection, transaction);
                    await command.ExecuteNonQueryAsync(token);
                });
                return Task.FromResult(input);
            }));

        await harness.StartAsync(Sum, "one", 1, engine.Client);
        await harness.UntilAsync("one", "dead");

        Assert.Equal(FailureKind.Bug, Assert.Single(await harness.Operator.ListDeadAsync(cancellationToken: TestContext.Current.CancellationToken)).Failure!.Kind);
    }

    [Theory]
    [InlineData("output")]
    [InlineData("retry policy")]
    public async Task What_a_workflow_must_not_return_or_ask_for_ends_dead_with_a_reason(string mistake)
    {
        await using var harness = await Harness.CreateAsync();
        var workflow = new WorkflowName<int, string>("Wrong", 1);
        var engine = harness.Engine(builder => builder
            .Workflow(workflow, async (context, input) =>
            {
                context.SetStatus("cannot\0hold");
                await context.CallAsync(AddOne, input, Impatient with { MaxAttempts = mistake == "output" ? 1 : 0 });
                return "\0";
            })
            .Activity(AddOne, input => input));

        await harness.StartAsync(workflow, "one", 1, engine.Client);
        await harness.UntilAsync("one", "dead");

        Assert.Contains(mistake == "output" ? "cannot be stored" : "at least one attempt", await harness.ScalarAsync<string>("SELECT reason FROM durable.instance"));
    }

    [Fact]
    public async Task A_result_that_jsonb_cannot_hold_is_a_bug_and_harms_nobody_else()
    {
        await using var harness = await Harness.CreateAsync();
        var echo = new Activity<string, string>("Echo");
        var workflow = new WorkflowName<string, string>("Echo", 1);
        var engine = harness.Engine(builder => builder
            .Workflow(workflow, async (context, input) => await context.CallAsync(echo, input))
            .Activity(echo, (string input) => input == "bad" ? "\0" : input));

        foreach (var id in Enumerable.Range(0, 10))
        {
            await harness.StartAsync(workflow, $"{id}", id == 5 ? "bad" : "good", engine.Client);
        }

        await harness.UntilAllAsync("completed", 9);
        await harness.UntilAsync("5", "dead");
    }
}
