using DocPipeline.Durable.FaultTests.Machines;
using DocPipeline.Durable.FaultTests.RoundTrips;
using DocPipeline.Durable.FaultWorker.Scripts;
using DocPipeline.Testing.Wire;

namespace DocPipeline.Durable.FaultTests.Controls;

/// <summary>
/// Negative controls: the same scene twice. With its protection everything is in order; without, the suite's own check must say what is wrong.
/// A check that stays silent then proves nothing elsewhere either.
/// </summary>
public sealed class ControlTests
{
    private static readonly DurableOptions Patient = FaultMachine.Quick with { Lease = TimeSpan.FromSeconds(60) };

    [Theory, InlineData(true), InlineData(false)]
    public async Task Suspending_is_a_compare_and_set_on_the_inbox_counter(bool isProtected)
    {
        await using var machine = await FaultMachine.CreateAsync();
        Case[] cases = [new("one", new Wait("bell", Arrival.Late))];
        var plan = Plan(isProtected, new("Waits/suspend.sql", "AND inbox_seq = \\$9"));
        await RaiseInsteadAsync(machine, plan, "Waits/suspend.sql", cases[0], "bell");

        await machine.UntilAsync("one", isProtected ? "completed" : "waiting");

        await ExpectAsync(machine, cases, isProtected, "one sleeps beside event 1, for which it waits");
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_time_out_is_a_compare_and_set_on_the_inbox_counter(bool isProtected)
    {
        await using var machine = await FaultMachine.CreateAsync();
        Case[] cases = [new("one", new Wait("bell", Arrival.Race))];
        var plan = Plan(isProtected, new("Waits/time_out.sql", "AND inbox_seq = \\$9"));
        await RaiseInsteadAsync(machine, plan, "Waits/time_out.sql", cases[0], "bell");

        await machine.UntilCompletedAsync(1);

        await ExpectAsync(machine, cases, isProtected, "step 1 of one timed out beside event bell");
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task An_event_is_raised_once_for_each_key(bool isProtected)
    {
        await using var machine = await FaultMachine.CreateAsync();
        Case[] cases = [new("one", [new Wait("bell", Arrival.Early), new Wait("bell", Arrival.Never)], TimesRaised: 2)];
        var protection = new Protection("Waits/raise_event.sql", "ON CONFLICT ON CONSTRAINT inbox_raised_once DO NOTHING", "ALTER TABLE durable.inbox DROP CONSTRAINT inbox_raised_once");
        var client = machine.Client(Plan(isProtected, protection));
        await WithoutAsync(machine, isProtected, protection);
        machine.Engine();
        await client.StartAsync(cases[0]);

        await machine.UntilCompletedAsync(1);

        await ExpectAsync(machine, cases, isProtected, "one gave [\"bell\", \"bell\"]");
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_lost_reply_is_recognised_by_the_attempt(bool isProtected)
    {
        await using var machine = await FaultMachine.CreateAsync();
        Case[] cases = [new("one", new Call(1, Deed.Store))];
        var plan = Plan(isProtected, new("Steps/own.sql", "AND attempt_id = \\$3")).Add("COMMIT of Steps/record.sql", Fault.LoseReply);
        if (!isProtected)
        {
            plan.Rewrite = sql => KnownRoundTrips.Names.NameOf(sql) == "Steps/own.sql" ? sql.Replace("attempt_id = $3", "attempt_id IS NULL", StringComparison.Ordinal) : sql;
        }

        machine.Engine(plan, Patient);
        await machine.Client().StartAsync(cases[0]);
        await machine.UntilTrueAsync("SELECT count(*) = 1 FROM durable.step", "the step is recorded");

        if (isProtected)
        {
            await machine.UntilCompletedAsync(1);
        }
        else
        {
            await Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken);
        }

        await ExpectAsync(machine, cases, isProtected, "one gave null");
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_locked_instance_holds_nobody_else_up(bool isProtected)
    {
        await using var machine = await FaultMachine.CreateAsync();
        Case[] cases = [new("free", new Call(1))];
        var client = machine.Client();
        await client.StartAsync(new("locked", new Call(1)));
        await client.StartAsync(cases[0]);
        await using var connection = await machine.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var hold = new Npgsql.NpgsqlCommand("SELECT FROM durable.instance WHERE instance_id = 'locked' FOR UPDATE", connection);
        await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        machine.Engine(Plan(isProtected, new("Claims/claim.sql", "SKIP LOCKED")), Patient);
        if (isProtected)
        {
            await machine.UntilAsync("free", "completed");
        }
        else
        {
            await machine.UntilTrueAsync("SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'", "the claim waits");
        }

        await ExpectAsync(machine, cases, isProtected, "free gave null");
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task An_instance_is_claimed_by_one_of_two_workers(bool isProtected)
    {
        await using var machine = await FaultMachine.CreateAsync();
        Case[] cases = [new("one", new Call(1, Milliseconds: 300))];
        await machine.Client().StartAsync(cases[0]);
        await using (var connection = await machine.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken))
        await using (var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await using var hold = new Npgsql.NpgsqlCommand("SELECT FROM durable.instance FOR UPDATE", connection);
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            FaultPlan[] plans = [.. Enumerable.Range(0, 2).Select(_ => Plan(isProtected, new("Claims/claim.sql", "FOR UPDATE OF i SKIP LOCKED")))];
            foreach (var plan in plans)
            {
                machine.Engine(plan, Patient);
            }

            await machine.UntilTrueAsync(
                isProtected ? "SELECT count(*) = 2 FROM durable.worker" : "SELECT count(*) = 2 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
                "both have looked for work");
        }

        await machine.UntilCompletedAsync(1);

        await ExpectAsync(machine, cases, isProtected, "epoch of one went from 1 (running) to 2 (running)");
    }

    private static FaultPlan Plan(bool isProtected, Protection protection) => isProtected ? new() : new() { Rewrite = protection.TakeFrom };

    private static Task WithoutAsync(FaultMachine machine, bool isProtected, Protection protection) =>
        isProtected || protection.Schema.Length == 0 ? Task.CompletedTask : machine.ExecuteAsync(protection.Schema);

    /// <summary>Raises an event while the engine's answer to an empty inbox is already on its way.</summary>
    private static async Task RaiseInsteadAsync(FaultMachine machine, FaultPlan plan, string roundTrip, Case instance, string name)
    {
        var client = machine.Client();
        var raised = 0;
        plan.Hold = async made =>
        {
            if (made == roundTrip && Interlocked.Increment(ref raised) == 1)
            {
                await client.RaiseAsync(instance.Id, name);
            }
        };
        machine.Engine(plan, Patient);
        await client.StartAsync(instance);
    }

    private static async Task ExpectAsync(FaultMachine machine, Case[] cases, bool isProtected, string wrong)
    {
        var found = await machine.CheckAsync(cases);
        if (isProtected)
        {
            Violations.None(found);
        }
        else
        {
            Violations.Some(wrong, found);
        }
    }
}
