using DocPipeline.Store;
using DocPipeline.Workflow;
using Microsoft.DurableTask;
using RetryPolicy = DocPipeline.Workflow.RetryPolicy;

namespace DocPipeline.Functions;

/// <summary>
/// The workflow port on an orchestration. Attempts are counted here, not by the framework's retry policy, which knows neither jitter, nor a delay that the other
/// side asked for, nor the number of the attempt. Failures come as data; an exception of the framework means that a worker was lost or a function is missing.
/// </summary>
internal sealed class OrchestrationPort(TaskOrchestrationContext context) : IWorkflowContext
{
    // The framework adds it to a date, and nobody waits longer.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(36_500);

    private readonly Dictionary<Exception, DeadLetter> _failures = new(ReferenceEqualityComparer.Instance);

    // In the order in which steps are asked for, which is the same on every replay.
    private int _step;

    public string InstanceId => context.InstanceId;

    public DateTimeOffset Now => new(DateTime.SpecifyKind(context.CurrentUtcDateTime, DateTimeKind.Utc));

    public Task<TOut> CallAsync<TIn, TOut>(Activity<TIn, TOut> activity, TIn input, RetryPolicy? retry = null) =>
        StepAsync(activity, ++_step, input, retry ?? RetryPolicy.Default);

    public async Task<IReadOnlyList<TOut>> CallAllAsync<TIn, TOut>(Activity<TIn, TOut> activity, IReadOnlyList<TIn> inputs, RetryPolicy? retry = null)
    {
        var steps = inputs.Select(input => CallAsync(activity, input, retry)).ToArray();
        // Ends when all have ended; throws the failure of the first in their order.
        return await Task.WhenAll(steps);
    }

    public async Task<EventOutcome<T>> WaitForEventAsync<T>(EventName<T> name, TimeSpan timeout)
    {
        _step++;
        try
        {
            return new(TimedOut: false, await context.WaitForExternalEvent<T>(name.Name, timeout > LongestWait ? LongestWait : timeout));
        }
        catch (TaskCanceledException)
        {
            return new(TimedOut: true, default);
        }
    }

    public async Task SleepUntilAsync(DateTimeOffset time)
    {
        _step++;
        var delay = time - Now;
        if (delay > TimeSpan.Zero)
        {
            await context.CreateTimer(delay > LongestWait ? LongestWait : delay, CancellationToken.None);
        }
    }

    public void SetStatus(string status) => context.SetCustomStatus(status);

    /// <summary>What an operator needs to judge a workflow that ends with this exception.</summary>
    public DeadLetter LetterOf(Exception exception) => _failures.TryGetValue(exception, out var letter)
        ? letter
        : new(Step: null, StepNumber: null, Attempts: 0, FailureClassifier.Classify(exception) with { Kind = FailureKind.Bug });

    private async Task<TOut> StepAsync<TIn, TOut>(Activity<TIn, TOut> activity, int step, TIn input, RetryPolicy retry)
    {
        for (var attempt = 1; ; attempt++)
        {
            var result = await AttemptAsync(activity, new StepCall<TIn>(InstanceId, step, attempt, retry, input));
            if (result.Failure is not { } failure)
            {
                return result.Output!;
            }

            if (failure.Kind != FailureKind.Transient || attempt >= retry.MaxAttempts)
            {
                var exception = new ActivityFailedException(activity.Name, failure);
                _failures[exception] = new(activity.Name, step, attempt, failure);
                throw exception;
            }

            await context.CreateTimer(result.RetryIn ?? retry.CeilingAfter(attempt), CancellationToken.None);
        }
    }

    private async Task<StepResult<TOut>> AttemptAsync<TIn, TOut>(Activity<TIn, TOut> activity, StepCall<TIn> call)
    {
        try
        {
            return await context.CallActivityAsync<StepResult<TOut>>(activity.Name, call);
        }
        catch (TaskFailedException lost)
        {
            return new(default, new(FailureKind.Transient, lost.FailureDetails.ErrorType, lost.FailureDetails.ErrorMessage, Detail: null), RetryIn: null);
        }
    }
}
