using System.Text.Json;
using Microsoft.DurableTask;

namespace DocPipeline.Functions.Tests.Model;

/// <summary>What an orchestration sees while it is run from the top: what has happened, in its order, and nothing else.</summary>
internal sealed class EpisodeContext(TaskHub.Instance instance) : TaskOrchestrationContext
{
    private readonly Dictionary<int, TaskCompletionSource<TaskHub.Happened>> _waiting = [];
    private readonly List<TaskHub.ScheduledCall> _calls = [];
    private readonly Dictionary<int, DateTime> _timers = [];
    private readonly List<(string Name, TaskCompletionSource<string> Source)> _listeners = [];
    private readonly List<(string Name, string Payload)> _kept = [];
    private DateTime _now = instance.CreatedAt;
    private int _action;

    public override TaskName Name => instance.Name;

    public override string InstanceId => instance.Id;

    public override DateTime CurrentUtcDateTime => _now;

    public bool SawNewHistory { get; set; }

    public IReadOnlyList<TaskHub.ScheduledCall> NewCalls => [.. _calls.Where(call => !instance.Scheduled.ContainsKey(call.Number))];

    public (int Number, DateTime FireAt)? NextTimer =>
        _timers.Where(timer => _waiting.ContainsKey(timer.Key)).OrderBy(timer => timer.Value).Select(timer => ((int, DateTime)?)(timer.Key, timer.Value)).FirstOrDefault();

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        var number = ++_action;
        _calls.Add(new(number, name.Name, JsonSerializer.Serialize(input)));
        var happened = await WaitFor(number);
        return happened.Error is { } error ? throw new TaskFailedException(name.Name, number, error) : JsonSerializer.Deserialize<TResult>(happened.Result!)!;
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        var number = ++_action;
        _timers[number] = fireAt;
        cancellationToken.Register(() => _waiting.Remove(number));
        return WaitFor(number);
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) => ReceiveAsync<T>(eventName, cancellationToken);

    public override async Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout)
    {
        using var stopTimer = new CancellationTokenSource();
        var timer = CreateTimer(timeout, stopTimer.Token);
        using var stopWaiting = new CancellationTokenSource();
        var received = ReceiveAsync<T>(eventName, stopWaiting.Token);
        if (await Task.WhenAny(timer, received) == received)
        {
            Stop(stopTimer);
        }
        else
        {
            Stop(stopWaiting);
        }

        return await received;
    }

    public override void SetCustomStatus(object? customStatus) => instance.Status = customStatus?.ToString();

    public void Feed(TaskHub.Happened happened)
    {
        _now = happened.At > _now ? happened.At : _now;
        if (happened.Kind == TaskHub.Kind.Event)
        {
            // Names of events do not know upper and lower case there.
            var listener = _listeners.FindIndex(waiting => string.Equals(waiting.Name, happened.Key, StringComparison.OrdinalIgnoreCase));
            if (listener < 0)
            {
                _kept.Add((happened.Key, happened.Result!));
                return;
            }

            var source = _listeners[listener].Source;
            _listeners.RemoveAt(listener);
            source.SetResult(happened.Result!);
        }
        else if (_waiting.Remove(int.Parse(happened.Key), out var source))
        {
            source.SetResult(happened);
        }
    }

    /// <summary>The framework fails an orchestration that asks for something else than it did before; so does this.</summary>
    public void CheckAgainst(TaskHub.Instance recorded)
    {
        foreach (var (number, name) in recorded.Scheduled)
        {
            if (_calls.FirstOrDefault(call => call.Number == number)?.Name != name)
            {
                throw new InvalidOperationException($"Not deterministic: action {number} was {name} before, and is {_calls.FirstOrDefault(call => call.Number == number)?.Name ?? "nothing"} now.");
            }
        }
    }

    // At once and on this thread, so that whoever is woken runs in its turn.
    private static void Stop(CancellationTokenSource source) => source.Cancel();

    private Task<TaskHub.Happened> WaitFor(int number) => (_waiting[number] = new()).Task;

    private async Task<T> ReceiveAsync<T>(string name, CancellationToken cancellationToken)
    {
        var kept = _kept.FindIndex(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase));
        if (kept >= 0)
        {
            var payload = _kept[kept].Payload;
            _kept.RemoveAt(kept);
            return JsonSerializer.Deserialize<T>(payload)!;
        }

        var source = new TaskCompletionSource<string>();
        var listener = (name, source);
        _listeners.Add(listener);
        cancellationToken.Register(() =>
        {
            _listeners.Remove(listener);
            source.TrySetCanceled(cancellationToken);
        });
        return JsonSerializer.Deserialize<T>(await source.Task)!;
    }
}
