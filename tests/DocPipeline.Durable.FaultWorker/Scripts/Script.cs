using DocPipeline.Workflow;

namespace DocPipeline.Durable.FaultWorker.Scripts;

/// <summary>A workflow that does what its input says, and gives back what it saw.</summary>
internal sealed class Script(Func<bool> isBroken) : IWorkflow<IReadOnlyList<Op>, IReadOnlyList<string>>
{
    public static readonly WorkflowName<IReadOnlyList<Op>, IReadOnlyList<string>> Name = new("Script", 1);
    public static readonly TimeSpan ShortTimeout = TimeSpan.FromMilliseconds(40);

    private static readonly TimeSpan LongTimeout = TimeSpan.FromHours(1);

    public async Task<IReadOnlyList<string>> RunAsync(IWorkflowContext context, IReadOnlyList<Op> input)
    {
        var seen = new List<string>();
        foreach (var op in input)
        {
            switch (op)
            {
                case Call call:
                    seen.Add(await CallAsync(context, call));
                    break;
                case FanOut fan:
                    seen.AddRange(await FanOutAsync(context, fan));
                    break;
                case Wait wait:
                    var outcome = await context.WaitForEventAsync(new EventName<string>(wait.Event), wait.Comes is Arrival.Early or Arrival.Late ? LongTimeout : ShortTimeout);
                    seen.Add(outcome.TimedOut ? Model.TimeOut : outcome.Payload!);
                    break;
                case Sleep sleep:
                    var due = context.Now + TimeSpan.FromMilliseconds(sleep.Milliseconds);
                    await context.SleepUntilAsync(due);
                    seen.Add(context.Now >= due ? Model.Slept : "woke up too early");
                    break;
                case Say say:
                    context.SetStatus(say.Label);
                    break;
                case Foreign when isBroken():
                    // So long that it cannot have ended before it is awaited: that would be no wait at all, and nothing to park for.
                    await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
                    break;
            }
        }

        return seen;
    }

    private static async Task<string> CallAsync(IWorkflowContext context, Call call)
    {
        try
        {
            return await context.CallAsync(Activities.Of(call.Does), call, Retry(call));
        }
        catch (ActivityFailedException failed) when (call.Does != Deed.BreakUntilReplayed)
        {
            return Model.Failed(failed.Failure.Kind);
        }
    }

    private static async Task<IReadOnlyList<string>> FanOutAsync(IWorkflowContext context, FanOut fan)
    {
        try
        {
            return await context.CallAllAsync(Activities.Of(fan.Calls[0].Does), fan.Calls, Retry(fan.Calls[0]));
        }
        catch (ActivityFailedException failed)
        {
            return [Model.Failed(failed.Failure.Kind)];
        }
    }

    private static RetryPolicy Retry(Call call) =>
        new(call.Attempts, TimeSpan.FromMilliseconds(20), 1, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(30));
}
