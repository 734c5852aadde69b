using DocPipeline.Durable.Writing;
using DocPipeline.Workflow;
using Microsoft.Extensions.Logging;

namespace DocPipeline.Durable.Running;

/// <summary>
/// Carries one claimed instance as far as it goes without waiting: replays its journal, runs what is due, and leaves it
/// completed, dead, parked, suspended or released. After a fenced write nothing of it goes on in this process.
/// </summary>
internal sealed partial class InstanceRunner(
    DurableBuilder registry, DurableOptions options, StepRunner steps, InstanceWriter instances, WaitWriter waits, EngineState state, ILogger log) : IDisposable
{
    // One suspect at a time: if the worker goes down, it is known by whom, and the others are not blamed.
    private readonly SemaphoreSlim _alone = new(1);

    public void Dispose() => _alone.Dispose();

    /// <summary>Returns after what time the instance is due again; null if it ended or was left to others.</summary>
    public async Task<TimeSpan?> RunAsync(ClaimedInstance instance, CancellationToken cancellationToken)
    {
        using var run = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            return instance.IsSuspect ? await RunAloneAsync(instance, run) : await RunToRestAsync(instance, run);
        }
        catch (FencedException)
        {
            Telemetry.Fenced.Add(1);
            LogFenced(log, instance.InstanceId, instance.Epoch);
            return null;
        }
        finally
        {
            await run.CancelAsync();
        }
    }

    private async Task<TimeSpan?> RunAloneAsync(ClaimedInstance instance, CancellationTokenSource run)
    {
        // An instance that takes its worker down every time must not go round for ever.
        if (instance.ClaimsWithoutProgress >= options.MaxClaimsWithoutProgress)
        {
            var reason = $"Claimed {instance.ClaimsWithoutProgress} times without recording a step: it takes its worker down or hangs it.";
            return await DieAsync(instance, new DeadLetter(reason, Step: null, Failure: null), instance.Label, run.Token);
        }

        await _alone.WaitAsync(run.Token);
        try
        {
            if (state.IsDraining)
            {
                return await instances.ReleaseAsync(instance, instance.Label, run.Token);
            }

            await instances.BeginAloneAsync(instance, run.Token);
            return await RunToRestAsync(instance, run);
        }
        finally
        {
            _alone.Release();
        }
    }

    private async Task<TimeSpan?> RunToRestAsync(ClaimedInstance instance, CancellationTokenSource run)
    {
        // 1. The workflow's code runs from the top; recorded steps answer at once.
        var context = new WorkflowContext(instance.InstanceId, instance.CreatedAt, instance.Label, options);
        var shown = instance.Label;
        var workflow = context.Start(registry.FindWorkflow(instance.Name, instance.Version)!.Run, instance.Input);
        while (!workflow.IsCompleted)
        {
            var pending = context.TakePending();
            if ((context.Violation ?? Mismatch(instance, pending)) is { } reason)
            {
                return await ParkAsync(instance, reason, run.Token);
            }

            var round = new Round(instance, pending);
            if (!round.IsAnswered)
            {
                if (state.IsDraining)
                {
                    return await instances.ReleaseAsync(instance, context.Label, run.Token);
                }

                // 2. What is not recorded yet: a wait, which may suspend the instance, or activities side by side.
                if (pending[0].Kind != StepKind.Activity)
                {
                    var wait = await waits.ResolveAsync(instance, pending[0], round.Journaled(0), context.Now, context.Label, run.Token);
                    if (wait.Outcome is null)
                    {
                        return wait.DueIn;
                    }

                    round.Set(0, wait.Outcome);
                }
                else
                {
                    using var over = new CancellationTokenSource();
                    var showing = shown == context.Label ? Task.FromResult(false) : ShowAsync(instance, context.Label, over.Token, run.Token);
                    await Task.WhenAll(showing, RunRoundAsync(instance, round, over, run));
                    if (!round.IsAnswered)
                    {
                        // At least one has to be tried again later.
                        return await instances.ReleaseAsync(instance, context.Label, run.Token);
                    }

                    shown = await showing ? context.Label : shown;
                }
            }

            // 3. All of the round has ended: the workflow goes on.
            context.Answer(round.Answers);
        }

        return await EndAsync(instance, context, workflow, run.Token);
    }

    /// <returns>Whether it was shown: not if the round was over before.</returns>
    private async Task<bool> ShowAsync(ClaimedInstance instance, string? label, CancellationToken over, CancellationToken cancellationToken)
    {
        await Task.Delay(options.ShowStatusAfter, options.Time, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (over.IsCancellationRequested)
        {
            return false;
        }

        await instances.LabelAsync(instance, label, cancellationToken);
        return true;
    }

    private async Task RunRoundAsync(ClaimedInstance instance, Round round, CancellationTokenSource over, CancellationTokenSource run)
    {
        try
        {
            await Task.WhenAll(round.Due.Select(RunOneAsync));
        }
        finally
        {
            await over.CancelAsync();
        }

        async Task RunOneAsync(int index)
        {
            try
            {
                if (await steps.RunAsync(instance, round.Step(index), index, round.Journaled(index), run.Token) is { } outcome)
                {
                    round.Set(index, outcome);
                }
            }
            catch (FencedException)
            {
                await run.CancelAsync();
                throw;
            }
        }
    }

    private async Task<TimeSpan?> EndAsync(ClaimedInstance instance, WorkflowContext context, Task<string> workflow, CancellationToken cancellationToken)
    {
        if (context.ViolationAtEnd is { } violation)
        {
            return await ParkAsync(instance, violation, cancellationToken);
        }

        if (instance.Journal.Keys.Any(step => step > context.LastStep))
        {
            return await ParkAsync(instance, $"Replay ended after step {context.LastStep}, but more steps are recorded. Was the workflow changed without a new version?", cancellationToken);
        }

        if (workflow.IsCompletedSuccessfully)
        {
            try
            {
                await instances.CompleteAsync(instance, await workflow, context.Label, cancellationToken);
                return null;
            }
            catch (EffectException refused)
            {
                var unfit = new DeadLetter($"The output cannot be stored: {refused.Message}", Step: null, FailureClassifier.Classify(refused.InnerException!));
                return await DieAsync(instance, unfit, context.Label, cancellationToken);
            }
        }

        var exception = workflow.Exception?.InnerException ?? new OperationCanceledException("The workflow cancelled itself.");
        var failed = context.FailedStepOf(exception);
        var letter = failed is not null && exception is ActivityFailedException { Failure: var failure }
            ? new DeadLetter($"{failed.Activity} failed: {failure.Message}", failed, failure)
            : new DeadLetter($"The workflow failed after step {context.LastStep}: {FailureClassifier.SentenceOf(exception)}", failed, FailureClassifier.Classify(exception));
        return await DieAsync(instance, letter, context.Label, cancellationToken);
    }

    private async Task<TimeSpan?> DieAsync(ClaimedInstance instance, DeadLetter letter, string? label, CancellationToken cancellationToken)
    {
        var dead = new DeadInstance(
            instance.InstanceId, instance.Name, instance.Version, FailureJson.Clean(letter.Reason),
            letter.Step?.Number, letter.Step?.Activity, letter.Step?.Attempts ?? 0, letter.Failure, instance.Input);
        try
        {
            await instances.DieAsync(instance, dead, label, cancellationToken);
        }
        catch (EffectException refused)
        {
            return await ParkAsync(instance, $"{dead.Reason} (And what had to happen with its death failed: {refused.Message})", cancellationToken);
        }

        Telemetry.DeadLetters.Add(1, new KeyValuePair<string, object?>("workflow", instance.Name));
        LogDead(log, instance.InstanceId, instance.Name, dead.FailedStep, dead.Activity, dead.Attempts, dead.Failure?.Code);
        return null;
    }

    private async Task<TimeSpan?> ParkAsync(ClaimedInstance instance, string reason, CancellationToken cancellationToken)
    {
        await instances.ParkAsync(instance, reason, cancellationToken);
        Telemetry.Parked.Add(1, new KeyValuePair<string, object?>("workflow", instance.Name));
        LogParked(log, instance.InstanceId, instance.Name, instance.Version, reason);
        return null;
    }

    private string? Mismatch(ClaimedInstance instance, IReadOnlyList<PendingStep> pending)
    {
        foreach (var step in pending)
        {
            if (step.Kind == StepKind.Activity && registry.FindActivity(step.Name) is null)
            {
                return $"Step {step.Number} calls activity {step.Name}, which is not registered.";
            }

            if (instance.Journal.GetValueOrDefault(step.Number) is { } recorded && (recorded.Kind, recorded.Name) != (step.Kind, step.Name))
            {
                return $"Step {step.Number} is recorded as {recorded.Kind} {recorded.Name}, but the workflow now asks for {step.Kind} {step.Name}. Was it changed without a new version?";
            }

            if (instance.Journal.GetValueOrDefault(step.Number) is { } same && !same.InputSha256.AsSpan().SequenceEqual(step.InputSha256))
            {
                return $"Step {step.Number} ({step.Name}) was recorded with another input. Was the workflow or its input changed without a new version?";
            }
        }

        return null;
    }

    private sealed record DeadLetter(string Reason, FailedStep? Step, ActivityFailure? Failure);

    [LoggerMessage(30, LogLevel.Information, "Instance {InstanceId} (epoch {Epoch}) is no longer ours; stopped.")]
    private static partial void LogFenced(ILogger log, string instanceId, long epoch);

    [LoggerMessage(31, LogLevel.Error, "Instance {InstanceId} of {Workflow} is dead: step {Step} {ActivityName}, attempts {Attempts}, {Code}.")]
    private static partial void LogDead(ILogger log, string instanceId, string workflow, int? step, string? activityName, int attempts, string? code);

    [LoggerMessage(32, LogLevel.Error, "Instance {InstanceId} of {Workflow} version {Version} is parked: {Reason}")]
    private static partial void LogParked(ILogger log, string instanceId, string workflow, int version, string reason);
}
