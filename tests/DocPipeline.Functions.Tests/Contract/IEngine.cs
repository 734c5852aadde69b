using DocPipeline.Durable;
using DocPipeline.Functions.Tests.Model;
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

/// <summary>Workflows and activities of one test, in the words of both engines.</summary>
internal sealed class Script
{
    public List<Action<DurableBuilder>> Embedded { get; } = [];

    public List<Action<TaskHubEngine>> Modelled { get; } = [];

    public Script Workflow<TIn, TOut>(WorkflowName<TIn, TOut> name, Func<IWorkflowContext, TIn, Task<TOut>> run)
    {
        Embedded.Add(builder => builder.AddWorkflow(name, () => new InlineWorkflow<TIn, TOut>(run)));
        Modelled.Add(engine => engine.AddWorkflow(name, run));
        return this;
    }

    public Script Activity<TIn, TOut>(Activity<TIn, TOut> name, Func<TIn, ActivityContext, CancellationToken, Task<TOut>> run)
    {
        var activity = new InlineActivity<TIn, TOut>(run);
        Embedded.Add(builder => builder.AddActivity(name, activity));
        Modelled.Add(engine => engine.AddActivity(name, activity));
        return this;
    }

    public Script Activity<TIn, TOut>(Activity<TIn, TOut> name, Func<TIn, TOut> run) => Activity(name, (input, _, _) => Task.FromResult(run(input)));

    private sealed class InlineWorkflow<TIn, TOut>(Func<IWorkflowContext, TIn, Task<TOut>> run) : IWorkflow<TIn, TOut>
    {
        public Task<TOut> RunAsync(IWorkflowContext context, TIn input) => run(context, input);
    }

    private sealed class InlineActivity<TIn, TOut>(Func<TIn, ActivityContext, CancellationToken, Task<TOut>> run) : IActivity<TIn, TOut>
    {
        public Task<TOut> RunAsync(TIn input, ActivityContext context, CancellationToken cancellationToken) => run(input, context, cancellationToken);
    }
}
