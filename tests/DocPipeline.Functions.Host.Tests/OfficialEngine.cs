using System.Collections.Concurrent;
using DocPipeline.Functions.Tests.Contract;
using DocPipeline.Store;
using DocPipeline.Testing;
using DocPipeline.Workflow;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Npgsql;

namespace DocPipeline.Functions.Host.Tests;

public sealed class OfficialHostKeepsTheContract : WorkflowContract
{
    private protected override Task<IEngine> RunAsync(Script script) => OfficialEngine.CreateAsync(script);
}

/// <summary>The shell's adapter and its attempts on the framework's own host in this process. Effects go to a real database.</summary>
internal sealed class OfficialEngine(TestDatabase database) : IEngine
{
    private readonly ConcurrentDictionary<string, DeadLetter> _letters = [];
    private readonly ConcurrentDictionary<string, int> _waits = [];
    private readonly ConcurrentDictionary<string, int> _raised = [];
    private DurableTaskTestHost _host = null!;

    private NpgsqlDataSource Database => database.Owner;

    public static async Task<IEngine> CreateAsync(Script script)
    {
        var engine = new OfficialEngine(await Ledger.CreateAsync());
        engine._host = await OfficialHost.StartAsync(registry => script.Tell(new Parts(registry, engine)));
        return engine;
    }

    public async Task<bool> StartAsync<TIn, TOut>(WorkflowName<TIn, TOut> workflow, string id, TIn input)
    {
        if (await _host.Client.GetInstanceAsync(id, CancellationToken.None) is not null)
        {
            return false;
        }

        await _host.Client.ScheduleNewOrchestrationInstanceAsync(workflow.Name, input, new StartOrchestrationOptions(InstanceId: id));
        return true;
    }

    public Task RaiseAsync<T>(string id, EventName<T> name, string key, T payload)
    {
        _raised.AddOrUpdate(id + name.Name, 1, (_, count) => count + 1);
        return _host.Client.RaiseEventAsync(id, name.Name, payload);
    }

    /// <summary>It has asked for more events than there were.</summary>
    public Task UntilWaitingAsync(string id) => Eventually.IsTrueAsync(
        () => Task.FromResult(_waits.Any(wait => wait.Key.StartsWith(id, StringComparison.Ordinal) && wait.Value > _raised.GetValueOrDefault(wait.Key))), $"{id} waits");

    // Nothing to lose: every episode begins at the top, with nothing but the history. (A worker that is cut off makes this host hand out events in another order.)
    public Task LoseProcessAsync() => Task.CompletedTask;

    public async Task<T> OutputAsync<T>(string id)
    {
        var end = await EndAsync(id);
        Assert.True(end.RuntimeStatus == OrchestrationRuntimeStatus.Completed, end.FailureDetails?.ToString());
        return end.ReadOutputAs<T>()!;
    }

    public async Task<DeadLetter> DeathAsync(string id)
    {
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await EndAsync(id)).RuntimeStatus);
        return _letters[id];
    }

    public Task<long> LedgerAsync() => Ledger.CountAsync(database);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await database.DisposeAsync();
    }

    private async Task<OrchestrationMetadata> EndAsync(string id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        return await _host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, patience.Token);
    }

    private sealed class Parts(DurableTaskRegistry registry, OfficialEngine engine) : IEngineParts
    {
        private readonly StepAttempts _attempts = new(engine.Database, TimeProvider.System);

        public void AddWorkflow<TIn, TOut>(WorkflowName<TIn, TOut> name, Func<IWorkflowContext, TIn, Task<TOut>> run) => registry.AddOrchestratorFunc<TIn, TOut>(name.Name, async (context, input) =>
        {
            var port = new OrchestrationPort(context);
            try
            {
                return await run(new Watched(port, context, engine._waits), input);
            }
            catch (Exception exception)
            {
                engine._letters[context.InstanceId] = port.LetterOf(exception);
                throw;
            }
        });

        public void AddActivity<TIn, TOut>(Activity<TIn, TOut> name, IActivity<TIn, TOut> activity) =>
            registry.AddActivityFunc<StepCall<TIn>, StepResult<TOut>>(name.Name, (_, call) => _attempts.RunAsync(activity, call, CancellationToken.None));
    }

    /// <summary>Counts the waits that the history does not know yet.</summary>
    private sealed class Watched(OrchestrationPort port, TaskOrchestrationContext context, ConcurrentDictionary<string, int> waits) : IWorkflowContext
    {
        public string InstanceId => port.InstanceId;

        public DateTimeOffset Now => port.Now;

        public Task<TOut> CallAsync<TIn, TOut>(Activity<TIn, TOut> activity, TIn input, Workflow.RetryPolicy? retry = null) => port.CallAsync(activity, input, retry);

        public Task<IReadOnlyList<TOut>> CallAllAsync<TIn, TOut>(Activity<TIn, TOut> activity, IReadOnlyList<TIn> inputs, Workflow.RetryPolicy? retry = null) => port.CallAllAsync(activity, inputs, retry);

        public Task<EventOutcome<T>> WaitForEventAsync<T>(EventName<T> name, TimeSpan timeout)
        {
            if (!context.IsReplaying)
            {
                waits.AddOrUpdate(InstanceId + name.Name, 1, (_, count) => count + 1);
            }

            return port.WaitForEventAsync(name, timeout);
        }

        public Task SleepUntilAsync(DateTimeOffset time) => port.SleepUntilAsync(time);

        public void SetStatus(string status) => port.SetStatus(status);
    }
}
