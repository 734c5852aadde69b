using DocPipeline.Store;
using DocPipeline.Workflow;

namespace DocPipeline.Functions.Tests.Contract;

/// <summary>An engine behind the workflow port, with a database that effects can write to.</summary>
internal interface IEngine : IAsyncDisposable
{
    /// <summary>False if the id was there already.</summary>
    Task<bool> StartAsync<TIn, TOut>(WorkflowName<TIn, TOut> workflow, string id, TIn input);

    Task RaiseAsync<T>(string id, EventName<T> name, string key, T payload);

    /// <summary>Until it waits for an event.</summary>
    Task UntilWaitingAsync(string id);

    /// <summary>The process is lost; another one goes on.</summary>
    Task LoseProcessAsync();

    /// <summary>Waits for the end and reads the output.</summary>
    Task<T> OutputAsync<T>(string id);

    /// <summary>Waits for the end, which is a failure.</summary>
    Task<DeadLetter> DeathAsync(string id);

    /// <summary>Lines in the ledger of effects.</summary>
    Task<long> LedgerAsync();
}

/// <summary>What an engine is told before it begins: its workflows and activities.</summary>
internal interface IEngineParts
{
    void AddWorkflow<TIn, TOut>(WorkflowName<TIn, TOut> name, Func<IWorkflowContext, TIn, Task<TOut>> run);

    void AddActivity<TIn, TOut>(Activity<TIn, TOut> name, IActivity<TIn, TOut> activity);
}

/// <summary>Workflows and activities of one test, for whatever engine runs it.</summary>
internal sealed class Script
{
    private readonly List<Action<IEngineParts>> _parts = [];

    public Script Workflow<TIn, TOut>(WorkflowName<TIn, TOut> name, Func<IWorkflowContext, TIn, Task<TOut>> run)
    {
        _parts.Add(engine => engine.AddWorkflow(name, run));
        return this;
    }

    public Script Activity<TIn, TOut>(Activity<TIn, TOut> name, Func<TIn, ActivityContext, CancellationToken, Task<TOut>> run)
    {
        _parts.Add(engine => engine.AddActivity(name, new InlineActivity<TIn, TOut>(run)));
        return this;
    }

    public Script Activity<TIn, TOut>(Activity<TIn, TOut> name, Func<TIn, TOut> run) => Activity(name, (input, _, _) => Task.FromResult(run(input)));

    public void Tell(IEngineParts engine) => _parts.ForEach(part => part(engine));

    private sealed class InlineActivity<TIn, TOut>(Func<TIn, ActivityContext, CancellationToken, Task<TOut>> run) : IActivity<TIn, TOut>
    {
        public Task<TOut> RunAsync(TIn input, ActivityContext context, CancellationToken cancellationToken) => run(input, context, cancellationToken);
    }
}
