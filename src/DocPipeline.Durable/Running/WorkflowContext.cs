using System.Text.Json;
using DocPipeline.Durable.Writing;
using DocPipeline.Workflow;

namespace DocPipeline.Durable.Running;

/// <summary>
/// The port towards workflow code. Steps are numbered as they are asked for and answered in rounds: everything pending is
/// answered together, in step order, when all of it has ended. Hence no workflow can see what ended first.
/// </summary>
internal sealed class WorkflowContext(string instanceId, DateTimeOffset createdAt, string? label, DurableOptions options) : IWorkflowContext
{
    // Postgres cannot add much more to a timestamp, and nobody waits longer.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(36_500);

    // What the framework's timers can measure.
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(24);

    private const string AwaitedForeign = "Workflow code awaited something that did not come from its context.";

    private readonly WorkflowThread _thread = new();
    private readonly Dictionary<Exception, FailedStep> _failures = new(ReferenceEqualityComparer.Instance);
    private List<PendingStep> _pending = [];
    private int _round = 1;

    public string InstanceId { get; } = instanceId;

    public DateTimeOffset Now { get; private set; } = createdAt;

    public string? Label { get; private set; } = label;

    public int LastStep { get; private set; }

    /// <summary>How the workflow broke the rules of the port, or null.</summary>
    public string? Violation { get; private set; }

    /// <summary>The same, of a workflow that has ended.</summary>
    public string? ViolationAtEnd =>
        Violation
        ?? (_thread.SawForeignContinuation ? AwaitedForeign : null)
        ?? (_pending.Count > 0 ? $"Workflow code ended without awaiting its step {_pending[0].Number} ({_pending[0].Name})." : null);

    /// <summary>Starts the workflow's code and runs it until it ends or awaits.</summary>
    public Task<string> Start(RunWorkflow run, string input)
    {
        Task<string> result = null!;
        _thread.Run(() => result = run(this, input, options.Json));
        return result;
    }

    /// <summary>What the workflow awaits now. The next round begins.</summary>
    public IReadOnlyList<PendingStep> TakePending()
    {
        var pending = _pending;
        _pending = [];
        _round++;
        if (_thread.SawForeignContinuation)
        {
            Violation ??= AwaitedForeign;
        }
        else if (pending.Count == 0)
        {
            Violation ??= "Workflow code awaits something that did not come from its context, so nothing can ever wake it.";
        }
        else if (pending.Count > 1 && pending.Any(step => step.Kind != StepKind.Activity))
        {
            Violation ??= "Workflow code awaits an event or a time at the same time as something else. Await them one after the other.";
        }

        return pending;
    }

    /// <summary>Hands the outcomes to the workflow, in step order, and runs it until it ends or awaits again.</summary>
    public void Answer(IReadOnlyList<(PendingStep Step, StepOutcome Outcome)> round) => _thread.Run(() =>
    {
        var newest = round.Max(answer => answer.Outcome.RecordedAt);
        Now = newest > Now ? newest : Now;
        foreach (var (step, outcome) in round)
        {
            step.Source.SetResult(outcome);
        }
    });

    /// <summary>The step whose failure this exception carries, directly or inside; null if it is the workflow's own.</summary>
    public FailedStep? FailedStepOf(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (_failures.TryGetValue(inner, out var step))
            {
                return step;
            }
        }

        return null;
    }

    public async Task<TOut> CallAsync<TIn, TOut>(Activity<TIn, TOut> activity, TIn input, RetryPolicy? retry = null) =>
        await ResultAsync<TOut>(Ask(activity.Name, input, retry));

    public async Task<IReadOnlyList<TOut>> CallAllAsync<TIn, TOut>(Activity<TIn, TOut> activity, IReadOnlyList<TIn> inputs, RetryPolicy? retry = null)
    {
        var steps = inputs.Select(input => Ask(activity.Name, input, retry)).ToList();
        var results = new List<TOut>(steps.Count);
        foreach (var step in steps)
        {
            results.Add(await ResultAsync<TOut>(step));
        }

        return results;
    }

    public async Task<EventOutcome<T>> WaitForEventAsync<T>(EventName<T> name, TimeSpan timeout)
    {
        var wait = timeout > LongestWait ? LongestWait : timeout;
        var step = Ask(StepKind.Event, name.Name, wait.ToString("c"), step => step with { Timeout = wait });
        using var outcome = JsonDocument.Parse((await step.Source.Task).Result!);
        return outcome.RootElement.TryGetProperty("payload", out var payload)
            ? new(TimedOut: false, payload.Deserialize<T>(options.Json))
            : new(TimedOut: true, default);
    }

    public async Task SleepUntilAsync(DateTimeOffset time)
    {
        var latest = Now + LongestWait;
        var until = (time > latest ? latest : time).ToUniversalTime();
        var step = Ask(StepKind.Sleep, "sleep", until.ToString("O"), step => step with { Until = until });
        await step.Source.Task;
    }

    public void SetStatus(string status)
    {
        CheckThread();
        Label = FailureJson.Clean(status);
    }

    private PendingStep Ask<TIn>(string activity, TIn input, RetryPolicy? retry)
    {
        var policy = retry ?? RetryPolicy.Default;
        if (policy.MaxAttempts < 1 || policy.Backoff < 1 || policy.FirstDelay < TimeSpan.Zero || policy.MaxDelay < TimeSpan.Zero
            || policy.Timeout <= TimeSpan.Zero || policy.Timeout > LongestTimeout)
        {
            throw new ArgumentOutOfRangeException(nameof(retry), policy, $"{activity}: at least one attempt, a backoff of at least 1, no negative delay, and a time-out of up to {LongestTimeout.TotalDays} days.");
        }

        return Ask(StepKind.Activity, activity, JsonSerializer.Serialize(input, options.Json), step => step with { Retry = policy });
    }

    private PendingStep Ask(string kind, string name, string input, Func<PendingStep, PendingStep> complete)
    {
        CheckThread();
        if (LastStep == options.MaxSteps)
        {
            throw new InvalidOperationException($"More than {options.MaxSteps} steps. Split the workflow.");
        }

        var step = complete(new PendingStep(++LastStep, _round, kind, name, input));
        _pending.Add(step);
        return step;
    }

    private async Task<TOut> ResultAsync<TOut>(PendingStep step)
    {
        var outcome = await step.Source.Task;
        if (outcome.Failure is { } failure)
        {
            var exception = new ActivityFailedException(step.Name, failure);
            _failures[exception] = new(step.Number, step.Name, outcome.Attempts);
            throw exception;
        }

        return JsonSerializer.Deserialize<TOut>(outcome.Result!, options.Json)!;
    }

    private void CheckThread()
    {
        if (!_thread.IsCurrent)
        {
            Violation = "Workflow code left its thread (ConfigureAwait(false), Task.Run or a foreign await).";
            throw new InvalidOperationException(Violation);
        }
    }
}
