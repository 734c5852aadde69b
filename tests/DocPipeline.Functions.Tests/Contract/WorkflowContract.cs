using System.Collections.Concurrent;
using DocPipeline.Documents;
using DocPipeline.Workflow;

namespace DocPipeline.Functions.Tests.Contract;

/// <summary>What every engine behind the workflow port does. Each test is written against the port alone, so that a new engine needs no more than an <see cref="IEngine"/>.</summary>
public abstract class WorkflowContract
{
    private static readonly WorkflowName<int, int> Sum = new("Sum", 1);
    private static readonly WorkflowName<int, string> Tell = new("Tell", 1);
    private static readonly Activity<int, int> AddOne = new("AddOne");
    private static readonly Activity<int, int> Twice = new("Twice");
    private static readonly EventName<string> Approved = new("approved");
    private static readonly RetryPolicy Impatient = new(3, TimeSpan.FromMilliseconds(20), 2, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(10));

    private protected abstract Task<IEngine> RunAsync(Script script);

    [Fact]
    public async Task Activities_run_in_order_and_an_id_starts_once()
    {
        await using var engine = await RunAsync(new Script()
            .Workflow(Sum, async (context, input) => await context.CallAsync(Twice, await context.CallAsync(AddOne, input)))
            .Activity(AddOne, input => input + 1)
            .Activity(Twice, input => input * 2));

        Assert.True(await engine.StartAsync(Sum, "one", 20));
        Assert.False(await engine.StartAsync(Sum, "one", 99));

        Assert.Equal(42, await engine.OutputAsync<int>("one"));
    }

    [Fact]
    public async Task Results_of_many_come_in_the_order_of_their_inputs_whatever_ends_first()
    {
        await using var engine = await RunAsync(new Script()
            .Workflow(Tell, async (context, count) =>
            {
                var none = await context.CallAllAsync(AddOne, []);
                var all = await context.CallAllAsync(AddOne, [.. Enumerable.Range(0, count)]);
                return string.Join(' ', none.Concat(all));
            })
            .Activity(AddOne, async (input, _, token) =>
            {
                await Task.Delay(10 * (5 - input), token);
                return input + 1;
            }));

        await engine.StartAsync(Tell, "one", 5);

        Assert.Equal("1 2 3 4 5", await engine.OutputAsync<string>("one"));
    }

    [Fact]
    public async Task When_some_of_many_fail_all_end_and_the_first_in_order_is_seen()
    {
        var ended = 0;
        await using var engine = await RunAsync(new Script()
            .Workflow(Tell, async (context, _) =>
            {
                try
                {
                    await context.CallAllAsync(AddOne, [0, 1, 2, 3]);
                    return "no failure";
                }
                catch (ActivityFailedException failed)
                {
                    return $"{failed.Activity} {failed.Failure.Kind} {failed.Failure.Code} {failed.Failure.Message}";
                }
            })
            .Activity(AddOne, async (input, _, token) =>
            {
                await Task.Delay(input == 1 ? 60 : 5, token);
                Interlocked.Increment(ref ended);
                return input is 1 or 2 ? throw new DocumentFault(FaultCodes.Corrupt, $"Page {input} is damaged.") : input;
            }));

        await engine.StartAsync(Tell, "one", 1);

        Assert.Equal("AddOne Document corrupt Page 1 is damaged.", await engine.OutputAsync<string>("one"));
        Assert.Equal(4, ended);
    }

    [Fact]
    public async Task A_transient_failure_is_tried_again_with_its_number_and_the_same_key()
    {
        var seen = new ConcurrentQueue<(int Attempt, int Step, string Key)>();
        await using var engine = await RunAsync(new Script()
            .Workflow(Sum, async (context, input) => await context.CallAsync(AddOne, await context.CallAsync(Twice, input), Impatient))
            .Activity(Twice, input => input * 2)
            .Activity(AddOne, (input, context, _) =>
            {
                seen.Enqueue((context.Attempt, context.StepNumber, context.IdempotencyKey));
                return context.Attempt < 3 ? throw new TransientFailure("busy") : Task.FromResult(input + 1);
            }));

        await engine.StartAsync(Sum, "one", 1);

        Assert.Equal(3, await engine.OutputAsync<int>("one"));
        var key = ActivityContext.KeyOf("one", 2);
        Assert.Equal([(1, 2, key), (2, 2, key), (3, 2, key)], seen.ToList());
    }

    [Fact]
    public async Task Used_up_retries_are_seen_as_transient_and_leave_a_letter_with_step_and_attempts()
    {
        await using var engine = await RunAsync(new Script()
            .Workflow(Sum, async (context, input) => await context.CallAsync(AddOne, await context.CallAsync(Twice, input), Impatient))
            .Activity(Twice, input => input * 2)
            .Activity(AddOne, int (int _) => throw new TimeoutException("The reader is busy.")));

        await engine.StartAsync(Sum, "one", 1);

        var letter = await engine.DeathAsync("one");
        Assert.Equal(("AddOne", 2, 3), (letter.Step, letter.StepNumber, letter.Attempts));
        Assert.Equal((FailureKind.Transient, "TimeoutException", "The reader is busy."), (letter.Failure.Kind, letter.Failure.Code, letter.Failure.Message));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Faults_of_documents_and_bugs_are_not_tried_again(bool isDocument)
    {
        var calls = 0;
        await using var engine = await RunAsync(new Script()
            .Workflow(Sum, (context, input) => context.CallAsync(AddOne, input))
            .Activity(AddOne, int (int _) =>
            {
                Interlocked.Increment(ref calls);
                throw isDocument ? (Exception)new DocumentFault(FaultCodes.Encrypted, "The file has a password.") : new InvalidOperationException("a bug");
            }));

        await engine.StartAsync(Sum, "one", 1);

        var letter = await engine.DeathAsync("one");
        Assert.Equal(
            isDocument ? (FailureKind.Document, "encrypted", "The file has a password.") : (FailureKind.Bug, "InvalidOperationException", "a bug"),
            (letter.Failure.Kind, letter.Failure.Code, letter.Failure.Message));
        Assert.Equal(("AddOne", 1, 1, 1), (letter.Step, letter.StepNumber, letter.Attempts, calls));
    }

    [Fact]
    public async Task A_bug_in_the_workflow_itself_leaves_a_letter_without_a_step()
    {
        await using var engine = await RunAsync(new Script()
            .Workflow(Sum, async (context, input) => await context.CallAsync(AddOne, input) > 0 ? throw new InvalidOperationException("a bug") : 0)
            .Activity(AddOne, input => input + 1));

        await engine.StartAsync(Sum, "one", 1);

        var letter = await engine.DeathAsync("one");
        Assert.Equal((null, null, FailureKind.Bug), (letter.Step, letter.StepNumber, letter.Failure.Kind));
    }

    [Fact]
    public async Task An_attempt_that_takes_too_long_counts_as_transient()
    {
        await using var engine = await RunAsync(new Script()
            .Workflow(Sum, (context, input) => context.CallAsync(AddOne, input, Impatient with { Timeout = TimeSpan.FromMilliseconds(100) }))
            .Activity(AddOne, async (input, context, token) =>
            {
                await Task.Delay(context.Attempt == 1 ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, token);
                return input + 1;
            }));

        await engine.StartAsync(Sum, "one", 1);

        Assert.Equal(2, await engine.OutputAsync<int>("one"));
    }

    [Fact]
    public async Task Events_are_kept_for_their_wait_taken_in_order_and_a_wait_may_time_out()
    {
        await using var engine = await RunAsync(new Script().Workflow(Tell, async (context, count) =>
        {
            var outcomes = new List<string>();
            for (var i = 0; i < count; i++)
            {
                var outcome = await context.WaitForEventAsync(Approved, i < 2 ? TimeSpan.FromDays(30) : TimeSpan.FromMilliseconds(200));
                outcomes.Add(outcome.TimedOut ? "time-out" : outcome.Payload!);
            }

            return string.Join(' ', outcomes);
        }));

        await engine.StartAsync(Tell, "one", 3);
        await engine.UntilWaitingAsync("one");
        await engine.RaiseAsync("one", new EventName<string>("unrelated"), "k0", "noise");
        await engine.RaiseAsync("one", Approved, "k1", "first");
        await engine.RaiseAsync("one", Approved, "k2", "second");

        Assert.Equal("first second time-out", await engine.OutputAsync<string>("one"));
    }

    [Fact]
    public async Task An_event_for_nobody_is_dropped()
    {
        await using var engine = await RunAsync(new Script().Workflow(Sum, (_, input) => Task.FromResult(input)));
        await engine.StartAsync(Sum, "one", 1);
        await engine.OutputAsync<int>("one");

        await engine.RaiseAsync("one", Approved, "k", "late");
        await engine.RaiseAsync("nobody", Approved, "k", "lost");

        Assert.Equal(1, await engine.OutputAsync<int>("one"));
    }

    [Fact]
    public async Task What_is_recorded_is_not_done_again_when_the_process_is_lost_and_reads_the_same()
    {
        var calls = 0;
        var times = new ConcurrentDictionary<int, ConcurrentBag<DateTimeOffset>>();
        await using var engine = await RunAsync(new Script()
            .Workflow(Sum, async (context, input) =>
            {
                void Look(int place) => times.GetOrAdd(place, _ => []).Add(context.Now);
                Look(0);
                var sum = await context.CallAsync(AddOne, input);
                Look(1);
                sum += (await context.CallAllAsync(AddOne, [sum, sum])).Sum();
                Look(2);
                var outcome = await context.WaitForEventAsync(Approved, TimeSpan.FromDays(30));
                Look(3);
                return outcome.TimedOut ? -1 : sum;
            })
            .Activity(AddOne, input =>
            {
                Interlocked.Increment(ref calls);
                return input + 1;
            }));

        await engine.StartAsync(Sum, "one", 1);
        await engine.UntilWaitingAsync("one");
        await engine.LoseProcessAsync();
        await engine.RaiseAsync("one", Approved, "k", "yes");

        Assert.Equal(8, await engine.OutputAsync<int>("one"));
        Assert.Equal(3, calls);
        Assert.All(times.Values, seen => Assert.Single(seen.Distinct()));
        var inOrder = times.OrderBy(place => place.Key).Select(place => place.Value.First()).ToList();
        Assert.Equal(inOrder.Order(), inOrder);
    }

    [Fact]
    public async Task Sleep_waits_for_a_time_to_come_and_not_for_one_that_has_passed()
    {
        await using var engine = await RunAsync(new Script().Workflow(Tell, async (context, _) =>
        {
            var began = context.Now;
            await context.SleepUntilAsync(began - TimeSpan.FromDays(1));
            var until = context.Now + TimeSpan.FromMilliseconds(300);
            await context.SleepUntilAsync(until);
            return context.Now >= until ? "slept" : $"awake {until - context.Now} too early";
        }));

        await engine.StartAsync(Tell, "one", 1);

        Assert.Equal("slept", await engine.OutputAsync<string>("one"));
    }

    [Fact]
    public async Task An_effect_is_there_when_the_next_step_runs_and_one_that_fails_fails_its_step()
    {
        IEngine engine = null!;
        engine = await RunAsync(new Script()
            .Workflow(Sum, async (context, input) => await context.CallAsync(Twice, await context.CallAsync(AddOne, input)))
            .Activity(AddOne, (input, context, _) =>
            {
                context.CommitWith(input < 0 ? (_, _) => throw new InvalidOperationException("refused") : Ledger.WriteAsync);
                return Task.FromResult(input);
            })
            .Activity(Twice, async (_, _, _) => (int)await engine.LedgerAsync()));
        await using var running = engine;

        await engine.StartAsync(Sum, "one", 1);
        Assert.Equal(1, await engine.OutputAsync<int>("one"));

        await engine.StartAsync(Sum, "two", -1);
        Assert.Equal(("AddOne", "refused"), ((await engine.DeathAsync("two")).Step, (await engine.DeathAsync("two")).Failure.Message));
        Assert.Equal(1, await engine.LedgerAsync());
    }

    [Fact]
    public async Task An_event_may_send_a_workflow_through_its_steps_again_and_each_passage_is_recorded_by_itself()
    {
        var seen = new ConcurrentQueue<(int Step, string Key)>();
        await using var engine = await RunAsync(new Script()
            .Workflow(Tell, async (context, input) =>
            {
                var read = await context.CallAllAsync(Twice, [input, input + 1]);
                while (true)
                {
                    var sum = await context.CallAsync(AddOne, read.Sum());
                    var decided = await context.WaitForEventAsync(Approved, TimeSpan.FromDays(30));
                    if (decided.Payload == "approve")
                    {
                        return $"{sum}";
                    }

                    read = await context.CallAllAsync(Twice, [.. decided.Payload!.Split(' ').Select(int.Parse)]);
                }
            })
            .Activity(Twice, (input, context, _) =>
            {
                seen.Enqueue((context.StepNumber, context.IdempotencyKey));
                return Task.FromResult(input * 2);
            })
            .Activity(AddOne, input => input + 1));

        await engine.StartAsync(Tell, "one", 1);
        await engine.UntilWaitingAsync("one");
        await engine.RaiseAsync("one", Approved, "k1", "5 6 7");
        await engine.UntilWaitingAsync("one");
        await engine.LoseProcessAsync();
        await engine.RaiseAsync("one", Approved, "k2", "10");
        await engine.RaiseAsync("one", Approved, "k3", "approve");

        Assert.Equal("21", await engine.OutputAsync<string>("one"));
        Assert.Equal([1, 2, 5, 6, 7, 10], seen.Select(step => step.Step).Order());
        Assert.All(seen, step => Assert.Equal(ActivityContext.KeyOf("one", step.Step), step.Key));
    }
}
