using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using DocPipeline.Workflow;
using Npgsql;

namespace DocPipeline.Providers;

/// <summary>What stands before every call of a provider: see the README beside this.</summary>
/// <param name="limits">Of one provider by its name; null: <see cref="ProviderLimits.Default"/> for all.</param>
/// <param name="ledger">Null: nothing is noted and no budget holds.</param>
public sealed class ProviderGate(Func<string, ProviderLimits>? limits = null, ICallLedger? ledger = null, TimeProvider? time = null) : IDisposable
{
    private static readonly ActivitySource Traces = new("DocPipeline");

    /// <summary>Between two attempts; how many there are is the provider's limit.</summary>
    private static readonly RetryPolicy Delays = new(MaxAttempts: int.MaxValue, FirstDelay: TimeSpan.FromSeconds(1), Backoff: 2, MaxDelay: TimeSpan.FromSeconds(8), Timeout: TimeSpan.Zero);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly ConcurrentDictionary<string, ProviderDoor> _doors = new();

    /// <summary>Sends one request, again if it fails for the moment, if the provider may be asked now.</summary>
    /// <param name="provider">Its name.</param>
    /// <param name="call">For the ledger and the budget.</param>
    /// <param name="send">The request. What it returns tells what it consumed.</param>
    /// <param name="usageOf">What the reply consumed.</param>
    /// <exception cref="TransientFailure">It may work later: it did not within the deadline or the attempts, or it rests.</exception>
    /// <exception cref="ProviderRefusal">It will not do this, or a budget does not bear it.</exception>
    public async Task<T> CallAsync<T>(string provider, ProviderCall call, Func<CancellationToken, Task<T>> send, Func<T, ProviderUsage> usageOf, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(provider);
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(usageOf);
        var door = _doors.GetOrAdd(provider, name => new ProviderDoor(name, limits?.Invoke(name) ?? ProviderLimits.Default, _time));
        var end = _time.GetUtcNow() + door.Limits.Deadline;
        for (var attempt = 1; ; attempt++)
        {
            TransientFailure failure;
            using (await door.EnterAsync(end, cancellationToken))
            {
                try
                {
                    return door.Limits.HedgeAfter is { } patience
                        ? await HedgeAsync(patience, () => SendAsync(door, call, send, usageOf, end, cancellationToken), cancellationToken)
                        : await SendAsync(door, call, send, usageOf, end, cancellationToken);
                }
                catch (TransientFailure caught) when (attempt < door.Limits.Attempts)
                {
                    failure = caught;
                }
            }

            var delay = Delays.DelayAfter(attempt, failure.RetryAfter);
            if (_time.GetUtcNow() + delay >= end)
            {
                throw failure;
            }

            await Task.Delay(delay, _time, cancellationToken);
        }
    }

    public void Dispose()
    {
        foreach (var door in _doors.Values)
        {
            door.Dispose();
        }
    }

    private async Task<T> SendAsync<T>(
        ProviderDoor door, ProviderCall call, Func<CancellationToken, Task<T>> send, Func<T, ProviderUsage> usageOf, DateTimeOffset end, CancellationToken cancellationToken)
    {
        // Whoever passed the breaker reports back, whatever happens.
        var isReported = false;
        try
        {
            // 1. Money.
            var entry = ledger is null ? Guid.Empty : await ledger.BeginAsync(door.Provider, call, cancellationToken);

            // 2. The request.
            using var trace = Traces.StartActivity("provider-call", ActivityKind.Client);
            trace?.SetTag("provider", door.Provider).SetTag("step", call.Step);
            using var late = new CancellationTokenSource(door.Until(end), _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
            T reply;
            ProviderUsage usage;
            try
            {
                reply = await send(either.Token);
                usage = usageOf(reply);
            }
            catch (Exception exception)
            {
                isReported = true;
                var ended = Judge(door, call, exception, late.IsCancellationRequested, cancellationToken);
                trace?.SetStatus(ActivityStatusCode.Error, ended.Outcome);
                if (ledger is not null)
                {
                    await ledger.EndAsync(entry, ended);
                }

                if (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
                {
                    throw new TransientFailure(ended.Problem!, inner: exception);
                }

                throw;
            }

            // 3. The bill, before anything else can go wrong.
            isReported = true;
            door.Breaker.Succeed();
            try
            {
                await (ledger?.EndAsync(entry, new(CallOutcomes.Answered, usage, Problem: null)) ?? Task.CompletedTask);
            }
            catch (NpgsqlException exception)
            {
                // What is paid is not thrown away, and bought again, for want of its bill: the call stands in the ledger as sent, and counts as much as was reserved for it.
                trace?.SetStatus(ActivityStatusCode.Error, exception.Message);
            }

            trace?.SetTag("model", usage.Model).SetTag("units", JsonSerializer.Serialize(usage.Units));
            return reply;
        }
        finally
        {
            if (!isReported)
            {
                door.Breaker.Abandon();
            }
        }
    }

    /// <summary>What became of a call that gave no reply; the breaker learns it here. What may have been consumed counts as it was expected.</summary>
    private static CallEnd Judge(ProviderDoor door, ProviderCall call, Exception exception, bool isLate, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            door.Breaker.Abandon();
            return new(CallOutcomes.Abandoned, call.Expected, "The caller gave up.");
        }

        switch (exception)
        {
            case ProviderRefusal { Kind: RefusalKind.Unsupported or RefusalKind.Declined } refusal:
                // It works; it does not like this page.
                door.Breaker.Succeed();
                return new(CallOutcomes.Refused, refusal.Usage ?? (refusal.Kind == RefusalKind.Declined ? call.Expected : null), refusal.Message);
            case ProviderRefusal { Kind: RefusalKind.BadReply } refusal:
                door.Breaker.Fail(refusal.Message, forEverybody: false, TimeSpan.Zero);
                return new(CallOutcomes.Refused, refusal.Usage ?? call.Expected, refusal.Message);
            case ProviderRefusal refusal:
                door.Breaker.Fail(refusal.Message, forEverybody: true, TimeSpan.Zero);
                return new(CallOutcomes.Refused, refusal.Usage, refusal.Message);
            case TransientFailure { RetryAfter: { } rest } throttled when rest > TimeSpan.Zero:
                door.Pace.HoldFor(rest);
                door.Breaker.Fail(throttled.Message, forEverybody: false, atLeast: rest > door.Limits.Deadline ? rest : TimeSpan.Zero);
                return new(CallOutcomes.Failed, Usage: null, throttled.Message);
            case OperationCanceledException when isLate:
                var problem = $"{door.Provider} did not answer within {door.Limits.Deadline.TotalSeconds:0} s.";
                door.Breaker.Fail(problem, forEverybody: false, TimeSpan.Zero);
                return new(CallOutcomes.Failed, call.Expected, problem);
            default:
                // Only the two of the contract promise that no text of a document is in their message.
                var what = exception is TransientFailure ? exception.Message : $"{door.Provider}: {exception.GetType().Name}.";
                door.Breaker.Fail(what, forEverybody: false, TimeSpan.Zero);
                return new(CallOutcomes.Failed, Usage: null, what);
        }
    }

    /// <summary>The first reply counts; the other call is left to end, and is paid as well.</summary>
    private async Task<T> HedgeAsync<T>(TimeSpan patience, Func<Task<T>> attempt, CancellationToken cancellationToken)
    {
        var first = attempt();
        if (await Task.WhenAny(first, Task.Delay(patience, _time, cancellationToken)) == first)
        {
            return await first;
        }

        var second = attempt();
        var winner = await Task.WhenAny(first, second);
        var other = winner == first ? second : first;
        _ = other.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return winner.IsCompletedSuccessfully ? await winner : await other;
    }
}
