using System.Text.Json;
using Microsoft.DurableTask;

namespace DocPipeline.Functions.Tests.Model;

/// <summary>
/// A model of a durable task hub in memory: instances, their histories, and replay. Everything crosses it as JSON of the serializer's own defaults, as in the
/// isolated worker. Its clock stands still while anything runs, and jumps to the next timer when nothing does: a wait of thirty days takes no time.
/// </summary>
internal sealed class TaskHub
{
    private readonly Dictionary<string, Func<TaskOrchestrationContext, string, Task<string>>> _orchestrators = [];
    private readonly Dictionary<string, Func<string, Task<string>>> _activities = [];
    private readonly Dictionary<string, Instance> _instances = [];

    public DateTime Now { get; private set; } = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public void AddOrchestrator<TIn, TOut>(string name, Func<TaskOrchestrationContext, TIn, Task<TOut>> run) => _orchestrators[name] = async (context, input) =>
        JsonSerializer.Serialize(await run(context, JsonSerializer.Deserialize<TIn>(input)!));

    public void AddActivity<TIn, TOut>(string name, Func<TIn, Task<TOut>> run) => AddActivity(name, async input =>
        JsonSerializer.Serialize(await run(JsonSerializer.Deserialize<TIn>(input)!)));

    /// <param name="run">From JSON to JSON.</param>
    public void AddActivity(string name, Func<string, Task<string>> run) => _activities[name] = run;

    public Instance? Find(string id) => _instances.GetValueOrDefault(id);

    public bool Start(string name, string id, object? input) => _instances.TryAdd(id, new Instance(id, name, JsonSerializer.Serialize(input), Now));

    public void Restart(string id)
    {
        var old = _instances[id];
        _instances[id] = new Instance(id, old.Name, old.Input, Now);
    }

    /// <summary>An event for an instance that has ended or never was is dropped without a word, as the framework does.</summary>
    public void Raise(string id, string name, object? payload)
    {
        if (Find(id) is { End: null } instance)
        {
            instance.History.Add(new Happened(Kind.Event, name, JsonSerializer.Serialize(payload), Error: null, Now));
        }
    }

    /// <summary>Runs an instance until it ends, or until nothing but an event can wake it.</summary>
    /// <param name="untilIdle">False: jumps over timers. True: stops at the first one that would have to be waited for.</param>
    public async Task RunAsync(string id, bool untilIdle = false)
    {
        var instance = _instances[id];
        while (instance.End is null)
        {
            var episode = await EpisodeAsync(instance);
            if (instance.End is not null)
            {
                return;
            }

            var calls = episode.NewCalls;
            if (calls.Count > 0)
            {
                // All at once; recorded as they end, which the workflow must not see.
                await foreach (var ended in Task.WhenEach(calls.Select(call => CallAsync(instance, call))))
                {
                    instance.History.Add((await ended) with { At = Now });
                }

                continue;
            }

            if (episode.SawNewHistory)
            {
                continue;
            }

            if (untilIdle || episode.NextTimer is not { } timer)
            {
                return;
            }

            Now = timer.FireAt > Now ? timer.FireAt : Now;
            instance.History.Add(new Happened(Kind.Timer, timer.Number.ToString(), Result: null, Error: null, Now));
        }
    }

    private async Task<EpisodeContext> EpisodeAsync(Instance instance)
    {
        var context = new EpisodeContext(instance);
        var seen = instance.History.Count;
        // No synchronisation context: continuations run inside the call that completes what they wait for, one after the other, as in the framework.
        await Task.Run(() =>
        {
            var run = _orchestrators[instance.Name](context, instance.Input);
            foreach (var happened in instance.History.ToArray())
            {
                context.Feed(happened);
            }

            if (run.IsCompleted)
            {
                instance.End = run.IsCompletedSuccessfully ? new End(run.Result, Failure: null) : new End(Output: null, run.Exception?.InnerException ?? new TaskCanceledException());
            }
        });
        context.CheckAgainst(instance);
        context.SawNewHistory = seen != instance.History.Count;
        return context;
    }

    private async Task<Happened> CallAsync(Instance instance, ScheduledCall call)
    {
        instance.Scheduled[call.Number] = call.Name;
        try
        {
            var activity = _activities.GetValueOrDefault(call.Name) ?? throw new InvalidOperationException($"There is no function {call.Name}.");
            return new(Kind.Completed, call.Number.ToString(), await Task.Run(() => activity(call.Input)), Error: null, Now);
        }
        catch (Exception exception)
        {
            return new(Kind.Failed, call.Number.ToString(), Result: null, new(exception.GetType().FullName!, exception.Message, exception.StackTrace, InnerFailure: null, Properties: null), Now);
        }
    }

    public sealed class Instance(string id, string name, string input, DateTime createdAt)
    {
        public string Id { get; } = id;

        public string Name { get; } = name;

        public string Input { get; } = input;

        public DateTime CreatedAt { get; } = createdAt;

        public List<Happened> History { get; } = [];

        /// <summary>Names of the activities that were begun, by the number of the action.</summary>
        public Dictionary<int, string> Scheduled { get; } = [];

        public string? Status { get; set; }

        public End? End { get; set; }
    }

    public sealed record End(string? Output, Exception? Failure);

    public enum Kind
    {
        Completed,
        Failed,
        Timer,
        Event,
    }

    /// <param name="Key">Number of the action, or name of the event.</param>
    public sealed record Happened(Kind Kind, string Key, string? Result, TaskFailureDetails? Error, DateTime At);

    public sealed record ScheduledCall(int Number, string Name, string Input);
}
