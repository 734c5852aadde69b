using Npgsql;

namespace DocPipeline.Workflow;

/// <summary>One attempt of one step, as it is handed to another process. For engines that keep their journal elsewhere than in our database.</summary>
/// <param name="Step">Number of the step; every attempt of a step has the same.</param>
/// <param name="Attempt">1 for the first.</param>
public sealed record StepCall<TIn>(string InstanceId, int Step, int Attempt, RetryPolicy Retry, TIn Input);

/// <summary>How an attempt ended. Failures cross the journal as data: whatever carries exceptions there may lose their kind and code.</summary>
/// <param name="Output">What the activity returned; nothing where it failed.</param>
/// <param name="RetryIn">After a transient failure: when to try again, with jitter and with what the other side asked for.</param>
public sealed record StepResult<TOut>(TOut? Output, ActivityFailure? Failure, TimeSpan? RetryIn);

/// <summary>
/// Runs attempts for an engine that keeps its journal elsewhere. The database effect commits before the step is recorded, not together with it: a crash in
/// between runs the step again, so an effect must recognise that it has happened. All of the document pipeline's do.
/// </summary>
public sealed class StepAttempts(NpgsqlDataSource database, TimeProvider time)
{
    // After its time-out: how long an activity may take to notice.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Runs one attempt to its end. Never throws for what the activity does, only when the process is being stopped.</summary>
    public async Task<StepResult<TOut>> RunAsync<TIn, TOut>(IActivity<TIn, TOut> activity, StepCall<TIn> call, CancellationToken stopping)
    {
        try
        {
            return new(await AttemptAsync(activity, call, stopping), Failure: null, RetryIn: null);
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            throw new OperationCanceledException(stopping);
        }
        catch (Exception exception)
        {
            var failure = FailureClassifier.Classify(exception);
            return new(
                default,
                failure,
                failure.Kind == FailureKind.Transient ? call.Retry.DelayAfter(call.Attempt, (exception as TransientFailure)?.RetryAfter) : null);
        }
    }

    private async Task<TOut> AttemptAsync<TIn, TOut>(IActivity<TIn, TOut> activity, StepCall<TIn> call, CancellationToken stopping)
    {
        var context = new ActivityContext(call.InstanceId, call.Step, call.Attempt, ActivityContext.KeyOf(call.InstanceId, call.Step));
        using var deadline = new CancellationTokenSource(call.Retry.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping, deadline.Token);
        TOut output;
        try
        {
            // On a thread of the pool: an activity may block.
            output = await Task.Run(() => activity.RunAsync(call.Input, context, stop.Token), CancellationToken.None)
                .WaitAsync(call.Retry.Timeout + Grace, time, stopping);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException && deadline.IsCancellationRequested)
        {
            throw new TimeoutException($"The step took longer than {call.Retry.Timeout.TotalSeconds:0.###} s.", exception);
        }

        if (context.Effect is { } effect)
        {
            await using var connection = await database.OpenConnectionAsync(stopping);
            await using var transaction = await connection.BeginTransactionAsync(stopping);
            await effect(transaction, stopping);
            await transaction.CommitAsync(stopping);
        }

        return output;
    }
}
