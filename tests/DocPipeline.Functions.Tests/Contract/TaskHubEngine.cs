using System.Text.Json;
using DocPipeline.Functions.Tests.Model;
using DocPipeline.Store;
using DocPipeline.Testing;
using DocPipeline.Workflow;

namespace DocPipeline.Functions.Tests.Contract;

public sealed class FunctionsShellKeepsTheContract : WorkflowContract
{
    private protected override Task<IEngine> RunAsync(Script script) => TaskHubEngine.CreateAsync(script);
}

/// <summary>The shell's adapter and its attempts on the model of a task hub. Effects go to a real database.</summary>
internal sealed class TaskHubEngine(TestDatabase database) : IEngine, IEngineParts
{
    private readonly TaskHub _hub = new();
    private readonly StepAttempts _attempts = new(database.Owner, TimeProvider.System);
    private readonly Dictionary<string, DeadLetter> _letters = [];

    public static async Task<IEngine> CreateAsync(Script script)
    {
        var engine = new TaskHubEngine(await Ledger.CreateAsync());
        script.Tell(engine);
        return engine;
    }

    public void AddWorkflow<TIn, TOut>(WorkflowName<TIn, TOut> name, Func<IWorkflowContext, TIn, Task<TOut>> run) => _hub.AddOrchestrator<TIn, TOut>(name.Name, async (context, input) =>
    {
        var port = new OrchestrationPort(context);
        try
        {
            return await run(port, input);
        }
        catch (Exception exception)
        {
            _letters[context.InstanceId] = port.LetterOf(exception);
            throw;
        }
    });

    public void AddActivity<TIn, TOut>(Activity<TIn, TOut> name, IActivity<TIn, TOut> activity) =>
        _hub.AddActivity<StepCall<TIn>, StepResult<TOut>>(name.Name, call => _attempts.RunAsync(activity, call, CancellationToken.None));

    public Task<bool> StartAsync<TIn, TOut>(WorkflowName<TIn, TOut> workflow, string id, TIn input) => Task.FromResult(_hub.Start(workflow.Name, id, input));

    // The hub itself does not recognise repetitions.
    public Task RaiseAsync<T>(string id, EventName<T> name, string key, T payload)
    {
        _hub.Raise(id, name.Name, payload);
        return Task.CompletedTask;
    }

    public Task UntilWaitingAsync(string id) => _hub.RunAsync(id, untilIdle: true);

    // Nothing to lose: every episode begins at the top, with nothing but the history.
    public Task LoseProcessAsync() => Task.CompletedTask;

    public async Task<T> OutputAsync<T>(string id)
    {
        var end = await EndAsync(id);
        Assert.True(end.Failure is null, end.Failure?.ToString());
        return JsonSerializer.Deserialize<T>(end.Output!)!;
    }

    public async Task<DeadLetter> DeathAsync(string id)
    {
        Assert.NotNull((await EndAsync(id)).Failure);
        return _letters[id];
    }

    public Task<long> LedgerAsync() => Ledger.CountAsync(database);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private async Task<TaskHub.End> EndAsync(string id)
    {
        await _hub.RunAsync(id);
        return _hub.Find(id)!.End ?? throw new InvalidOperationException($"Instance {id} waits for an event that nobody raises.");
    }
}
