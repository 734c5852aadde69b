using System.Diagnostics;
using System.Text;
using DocPipeline.Durable.Writing;
using DocPipeline.Workflow;
using Microsoft.Extensions.Logging;
using ActivityContext = DocPipeline.Workflow.ActivityContext;

namespace DocPipeline.Durable.Running;

/// <summary>Runs one attempt of one activity and records it. At most <see cref="DurableOptions.MaxActivities"/> attempts run at once in a process.</summary>
internal sealed partial class StepRunner(DurableBuilder registry, DurableOptions options, StepWriter writer, EngineState state, ILogger log)
{
    private readonly ActivitySlots _slots = new(options.MaxActivities);

    /// <summary>Returns null if the step has to be tried again later, or was not begun because the engine is stopping.</summary>
    /// <param name="place">The step's place in its round, from 0.</param>
    /// <exception cref="FencedException">The instance is no longer ours; nothing was recorded.</exception>
    public async Task<StepOutcome?> RunAsync(ClaimedInstance instance, PendingStep step, int place, JournaledStep? journaled, CancellationToken cancellationToken)
    {
        var attempt = (journaled?.Attempts ?? 0) + 1;
        Attempt made;
        await _slots.WaitAsync(instance.CreatedAt, place, cancellationToken);
        try
        {
            if (state.IsDraining)
            {
                return null;
            }

            made = await AttemptAsync(instance, step, attempt, cancellationToken);
        }
        finally
        {
            _slots.Release();
        }

        return await RecordAsync(instance, step, attempt, made, cancellationToken);
    }

    private async Task<StepOutcome?> RecordAsync(
        ClaimedInstance instance, PendingStep step, int attempt, Attempt made, CancellationToken cancellationToken)
    {
        while (true)
        {
            var isRetry = made.Failure is { Kind: FailureKind.Transient } && attempt < step.Retry.MaxAttempts;
            var record = new StepRecord(
                instance.InstanceId, instance.Epoch, step.Number, step.Round, step.Name, step.InputSha256, Guid.NewGuid(),
                made.Result, made.Failure, attempt, isRetry ? step.Retry.DelayAfter(attempt, made.RetryAfter) : null, made.Effect);
            try
            {
                var recorded = await writer.RecordAsync(record, cancellationToken);
                Telemetry.Steps.Add(1, new("activity", step.Name), new("outcome", record.Status));
                if (made.Failure is { } failure)
                {
                    LogFailed(log, instance.InstanceId, step.Number, step.Name, attempt, failure.Kind, failure.Code, record.Status);
                }

                if (isRetry)
                {
                    Telemetry.Retries.Add(1, new KeyValuePair<string, object?>("activity", step.Name));
                    return null;
                }

                return new(recorded.Result, made.Failure, recorded.At, attempt);
            }
            catch (EffectException refused) when (made.Failure is null)
            {
                // Rolled back: the attempt failed after all. Its failure is recorded instead, without the effect.
                made = Attempt.Failed(refused.InnerException!);
            }
        }
    }

    private async Task<Attempt> AttemptAsync(ClaimedInstance instance, PendingStep step, int attempt, CancellationToken cancellationToken)
    {
        using var span = Telemetry.Spans.StartActivity("activity " + step.Name, ActivityKind.Internal, Telemetry.TraceOf(instance.InstanceId));
        span?.SetTag("docpipeline.instance", instance.InstanceId).SetTag("docpipeline.step", step.Number).SetTag("docpipeline.attempt", attempt);
        var began = options.Time.GetTimestamp();
        var context = new ActivityContext(instance.InstanceId, step.Number, attempt, ActivityContext.KeyOf(instance.InstanceId, step.Number));
        using var deadline = new CancellationTokenSource(step.Retry.Timeout, options.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            CheckSize("input", step.Input);
            // On a thread of the pool: an activity may block, and the caller may hold a workflow's thread.
            var running = Task.Run(() => registry.FindActivity(step.Name)!.Run(step.Input, options.Json, context, stop.Token), CancellationToken.None);
            var result = await running.WaitAsync(step.Retry.Timeout + options.CancellationGrace, options.Time, cancellationToken);
            CheckSize("result", result);
            return new(result, Failure: null, RetryAfter: null, context.Effect);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException && deadline.IsCancellationRequested)
        {
            span?.SetStatus(ActivityStatusCode.Error, "timeout");
            return Attempt.Failed(new TimeoutException($"{step.Name} took longer than {step.Retry.Timeout.TotalSeconds:0.###} s.", exception));
        }
        catch (Exception exception)
        {
            span?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
            return Attempt.Failed(exception);
        }
        finally
        {
            // Whoever is abandoned must hear of it: the wait may have been cancelled before the activity's own token was.
            await stop.CancelAsync();
            Telemetry.StepDuration.Record(options.Time.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>("activity", step.Name));
        }
    }

    private void CheckSize(string what, string json)
    {
        if (json.Length > options.MaxPayloadBytes || Encoding.UTF8.GetByteCount(json) > options.MaxPayloadBytes)
        {
            throw new InvalidOperationException($"The {what} is larger than {options.MaxPayloadBytes} bytes of JSON. Put it into the blob store and pass a reference.");
        }
    }

    [LoggerMessage(20, LogLevel.Warning, "Instance {InstanceId} step {Step} {ActivityName}: attempt {Attempt} failed ({Kind}, {Code}); {Outcome}.")]
    private static partial void LogFailed(
        ILogger log, string instanceId, int step, string activityName, int attempt, FailureKind kind, string code, string outcome);

    private sealed record Attempt(string? Result, ActivityFailure? Failure, TimeSpan? RetryAfter, DatabaseEffect? Effect)
    {
        public static Attempt Failed(Exception exception) =>
            new(Result: null, FailureJson.AsRecorded(FailureClassifier.Classify(exception)), (exception as TransientFailure)?.RetryAfter, Effect: null);
    }
}
