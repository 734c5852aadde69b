using DocPipeline.Durable;
using DocPipeline.Workflow;

namespace DocPipeline.Proof.Bench.Engine;

/// <summary>Workflows whose activities do nothing: what is measured is the price of durability.</summary>
internal static class NoOps
{
    /// <summary>As many activities as its input says, one after the other.</summary>
    public static WorkflowName<int, int> Chain { get; } = new("chain", 1);

    /// <summary>The same, then it waits for <see cref="Go"/>.</summary>
    public static WorkflowName<int, int> ChainThenWait { get; } = new("chain-then-wait", 1);

    /// <summary>As many activities as its input says, each a tenth of a second long.</summary>
    public static WorkflowName<int, int> SlowChain { get; } = new("slow-chain", 1);

    public static EventName<int> Go { get; } = new("go");

    private static readonly Activity<int, int> Nothing = new("nothing");
    private static readonly Activity<int, int> Sleep = new("sleep");

    public static DurableOptions Options { get; } = new() { MaxInstances = 64, MaxActivities = 8 };

    public static DurableBuilder Registry() => new DurableBuilder()
        .AddWorkflow(Chain, static () => new Steps(Nothing, waits: false))
        .AddWorkflow(ChainThenWait, static () => new Steps(Nothing, waits: true))
        .AddWorkflow(SlowChain, static () => new Steps(Sleep, waits: false))
        .AddActivity(Nothing, new Pause(TimeSpan.Zero))
        .AddActivity(Sleep, new Pause(TimeSpan.FromMilliseconds(100)));

    private sealed class Steps(Activity<int, int> activity, bool waits) : IWorkflow<int, int>
    {
        public async Task<int> RunAsync(IWorkflowContext context, int input)
        {
            for (var step = 1; step <= input; step++)
            {
                await context.CallAsync(activity, step);
            }

            return waits ? (await context.WaitForEventAsync(Go, TimeSpan.FromHours(1))).Payload : input;
        }
    }

    private sealed class Pause(TimeSpan length) : IActivity<int, int>
    {
        public async Task<int> RunAsync(int input, ActivityContext context, CancellationToken cancellationToken)
        {
            if (length > TimeSpan.Zero)
            {
                await Task.Delay(length, TimeProvider.System, cancellationToken);
            }

            return input;
        }
    }
}
