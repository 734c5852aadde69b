using System.Text.Json;
using DocPipeline.Workflow;

namespace DocPipeline.Durable;

/// <summary>The workflows and activities that an engine knows. Register every version that still has open instances.</summary>
public sealed class DurableBuilder
{
    private readonly Dictionary<(string Name, int Version), RegisteredWorkflow> _workflows = [];
    private readonly Dictionary<string, RegisteredActivity> _activities = new(StringComparer.Ordinal);

    /// <summary><paramref name="factory"/> is called for each run and each replay; a workflow keeps nothing between them.</summary>
    public DurableBuilder AddWorkflow<TIn, TOut>(WorkflowName<TIn, TOut> name, Func<IWorkflow<TIn, TOut>> factory)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(name.Version, 1, nameof(name));
        var workflow = new RegisteredWorkflow(name.Name, name.Version, async (context, input, json) =>
        {
            // Runs on the workflow's thread, like the workflow's own code.
            var output = await factory().RunAsync(context, JsonSerializer.Deserialize<TIn>(input, json)!);
            return JsonSerializer.Serialize(output, json);
        });
        return _workflows.TryAdd((name.Name, name.Version), workflow)
            ? this
            : throw new ArgumentException($"Workflow {name.Name} version {name.Version} is registered already.", nameof(name));
    }

    public DurableBuilder AddActivity<TIn, TOut>(Activity<TIn, TOut> name, IActivity<TIn, TOut> activity) => AddActivity(name, () => activity);

    /// <summary><paramref name="factory"/> is called for each attempt.</summary>
    public DurableBuilder AddActivity<TIn, TOut>(Activity<TIn, TOut> name, Func<IActivity<TIn, TOut>> factory)
    {
        var activity = new RegisteredActivity(name.Name, async (input, json, context, cancellationToken) =>
        {
            // The input is read back from JSON, so that the first attempt sees exactly what a later one in another process sees.
            var output = await factory().RunAsync(JsonSerializer.Deserialize<TIn>(input, json)!, context, cancellationToken);
            return JsonSerializer.Serialize(output, json);
        });
        return _activities.TryAdd(name.Name, activity)
            ? this
            : throw new ArgumentException($"Activity {name.Name} is registered already.", nameof(name));
    }

    internal RegisteredWorkflow? FindWorkflow(string name, int version) => _workflows.GetValueOrDefault((name, version));

    internal RegisteredActivity? FindActivity(string name) => _activities.GetValueOrDefault(name);

    internal IReadOnlyList<RegisteredWorkflow> Workflows => [.. _workflows.Values];
}

internal delegate Task<string> RunWorkflow(IWorkflowContext context, string input, JsonSerializerOptions json);

internal delegate Task<string> RunActivity(string input, JsonSerializerOptions json, ActivityContext context, CancellationToken cancellationToken);

internal sealed record RegisteredWorkflow(string Name, int Version, RunWorkflow Run);

internal sealed record RegisteredActivity(string Name, RunActivity Run);
