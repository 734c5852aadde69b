using DocPipeline.Documents;
using DocPipeline.Workflow;
using Npgsql;
using static DocPipeline.Durable.Tests.Names;

namespace DocPipeline.Durable.Tests;

public sealed class FailureTests
{
    [Fact]
    public async Task A_transient_failure_is_retried_and_its_attempts_survive_the_loss_of_the_worker()
    {
        await using var harness = await Harness.CreateAsync();
        var attempts = new List<int>();
        void Register(DurableBuilder builder) => builder
            .Workflow(Sum, (context, input) => context.CallAsync(AddOne, input, Impatient with { FirstDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(1) }))
            .Activity(AddOne, (input, context, _) =>
            {
                lock (attempts)
                {
                    attempts.Add(context.Attempt);
                }

                return context.Attempt < 3 ? throw new TransientFailure("busy", TimeSpan.FromSeconds(1)) : Task.FromResult(input + 1);
            });

        var first = harness.Engine(Register);
        await harness.StartAsync(Sum, "one", 1, first.Client);
        await DocPipeline.Testing.Eventually.IsTrueAsync(
            async () => await harness.ScalarAsync<int>("SELECT attempts FROM durable.step WHERE status = 'retrying' AND due_at >= recorded_at + interval '1 s'") == 1
                && await harness.StatusAsync("one") == "pending",
            "the first attempt is recorded and the slot free");
        Assert.Single(await harness.Operator.ListRetryingAsync(cancellationToken: TestContext.Current.CancellationToken));
        await first.KillAsync();
        harness.Engine(Register);

        Assert.Equal(2, await harness.OutputAsync<int>("one"));
        Assert.Equal([1, 2, 3], attempts);
    }

    [Fact]
    public async Task Waiting_for_a_retry_holds_no_slot()
    {
        await using var harness = await Harness.CreateAsync();
        var engine = harness.Engine(
            builder => builder
                .Workflow(Sum, (context, input) => context.CallAsync(AddOne, input))
                .Activity(AddOne, (input, _, _) => input == 0 ? throw new TransientFailure("busy", TimeSpan.FromMinutes(1)) : Task.FromResult(input)),
            Harness.Quick with { MaxInstances = 1, MaxActivities = 1 });

        await harness.StartAsync(Sum, "stuck", 0, engine.Client);
        await harness.UntilAsync("stuck", "pending");
        await harness.StartAsync(Sum, "next", 7, engine.Client);

        Assert.Equal(7, await harness.OutputAsync<int>("next"));
    }

    [Fact]
    public async Task A_fault_of_the_document_is_never_retried_and_the_workflow_may_catch_it()
    {
        await using var harness = await Harness.CreateAsync();
        var engine = harness.Engine(builder => builder
            .Workflow(new WorkflowName<int, string>("Catch", 1), async (context, input) =>
            {
                try
                {
                    await context.CallAsync(AddOne, input);
                    return "no fault";
                }
                catch (ActivityFailedException failed) when (failed.Failure.Kind == FailureKind.Document)
                {
                    return failed.Failure.Code;
                }
            })
            .Activity(AddOne, (_, _, _) => throw new DocumentFault(FaultCodes.Encrypted, "The file has a password.")));

        await harness.StartAsync(new WorkflowName<int, string>("Catch", 1), "one", 1, engine.Client);

        Assert.Equal(FaultCodes.Encrypted, await harness.OutputAsync<string>("one"));
        Assert.Equal(1, await harness.ScalarAsync<int>("SELECT attempts FROM durable.step WHERE status = 'failed'"));
    }

    [Fact]
    public async Task A_bug_makes_the_instance_dead_with_its_hook_and_a_replay_repeats_only_the_failed_step()
    {
        await using var harness = await Harness.CreateAsync();
        await harness.ExecuteAsync("CREATE TABLE submission (id text PRIMARY KEY, state text); INSERT INTO submission VALUES ('one', 'open'); GRANT ALL ON submission TO docpipeline_worker");
        var isFixed = false;
        static async Task SetAsync(NpgsqlTransaction transaction, string state, string id, CancellationToken cancellationToken)
        {
            await using var command = new NpgsqlCommand($"UPDATE submission SET state = '{state}' WHERE id = '{id}'", transaction.Connection, transaction);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        DeadInstance? reported = null;
        var options = Harness.Quick with
        {
            OnDead = (transaction, dead, token) =>
            {
                reported = dead;
                return SetAsync(transaction, "dead", dead.InstanceId, token);
            },
            OnReplayed = (transaction, id, token) => SetAsync(transaction, "replayed", id, token),
        };
        var engine = harness.Engine(
            builder => builder
                .Workflow(Sum, async (context, input) => await context.CallAsync(Twice, await context.CallAsync(AddOne, input)))
                .Activity(AddOne, (input, context, _) =>
                {
                    context.CommitWith(Harness.Note(context, "add"));
                    return Task.FromResult(input + 1);
                })
                .Activity(Twice, input => isFixed ? input * 2 : throw new InvalidOperationException("a bug\0")),
            options);

        await harness.StartAsync(Sum, "one", 1, engine.Client);
        await harness.UntilAsync("one", "dead");

        Assert.Equal("dead", await harness.ScalarAsync<string>("SELECT state FROM submission"));
        Assert.Equal(("one", 2, "Twice", 1), (reported!.InstanceId, reported.FailedStep, reported.Activity, reported.Attempts));
        var dead = Assert.Single(await harness.Operator.ListDeadAsync(cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal((FailureKind.Bug, "InvalidOperationException", "1"), (dead.Failure!.Kind, dead.Failure.Code, dead.Input));
        var epoch = (await harness.Operator.ShowAsync("one", TestContext.Current.CancellationToken))!.Epoch;

        isFixed = true;
        Assert.True(await new Operating.DurableOperator(harness.Worker(), options).ReplayAsync("one", TestContext.Current.CancellationToken));

        Assert.Equal(4, await harness.OutputAsync<int>("one"));
        Assert.Equal("replayed", await harness.ScalarAsync<string>("SELECT state FROM submission"));
        Assert.Equal(1, await harness.LedgerAsync());
        Assert.Equal(2, await harness.ScalarAsync<int>("SELECT step_no FROM durable.step_archive"));
        Assert.True((await harness.Operator.ShowAsync("one", TestContext.Current.CancellationToken))!.Epoch > epoch);
        Assert.False(await harness.Operator.ReplayAsync("one", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_hook_that_fails_leaves_the_instance_parked_not_dead()
    {
        await using var harness = await Harness.CreateAsync();
        var engine = harness.Engine(
            builder => builder.Workflow(Sum, (_, _) => throw new InvalidOperationException("a bug")),
            Harness.Quick with { OnDead = (_, _, _) => throw new InvalidOperationException("no such submission") });

        await harness.StartAsync(Sum, "one", 1, engine.Client);
        await harness.UntilAsync("one", "parked");

        Assert.Contains("no such submission", Assert.Single(await harness.Operator.ListParkedAsync(cancellationToken: TestContext.Current.CancellationToken)).Reason);
    }

    [Fact]
    public async Task A_hook_that_fails_for_the_moment_is_tried_again()
    {
        await using var harness = await Harness.CreateAsync();
        var tries = 0;
        var engine = harness.Engine(
            builder => builder.Workflow(Sum, (_, _) => throw new InvalidOperationException("a bug")),
            Harness.Quick with { OnDead = (_, _, _) => ++tries < 3 ? throw new TimeoutException() : Task.CompletedTask });

        await harness.StartAsync(Sum, "one", 1, engine.Client);
        await harness.UntilAsync("one", "dead");

        Assert.Equal(3, tries);
        Assert.Equal(1, await harness.ScalarAsync<long>("SELECT epoch FROM durable.instance"));
    }

    [Fact]
    public async Task An_activity_that_ignores_its_time_out_is_abandoned_and_counts_as_transient()
    {
        await using var harness = await Harness.CreateAsync();
        var engine = harness.Engine(
            builder => builder
                .Workflow(Sum, (context, input) => context.CallAsync(AddOne, input, Impatient with { Timeout = TimeSpan.FromMilliseconds(200) }))
                .Activity(AddOne, async (input, context, _) =>
                {
                    context.CommitWith(Harness.Note(context, "late"));
                    if (context.Attempt == 1)
                    {
                        await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
                    }

                    return input + 1;
                }),
            Harness.Quick with { CancellationGrace = TimeSpan.FromMilliseconds(100), MaxActivities = 1 });

        await harness.StartAsync(Sum, "one", 1, engine.Client);

        Assert.Equal(2, await harness.OutputAsync<int>("one"));
        Assert.Equal(2, await harness.ScalarAsync<int>("SELECT attempts FROM durable.step"));
        Assert.Equal(1, await harness.LedgerAsync());
    }
}
