using DocPipeline.Workflow;

namespace DocPipeline.Durable.Tests;

/// <summary>A workflow written in the test that runs it.</summary>
internal sealed class InlineWorkflow<TIn, TOut>(Func<IWorkflowContext, TIn, Task<TOut>> run) : IWorkflow<TIn, TOut>
{
    public Task<TOut> RunAsync(IWorkflowContext context, TIn input) => run(context, input);
}

/// <summary>An activity written in the test that calls it.</summary>
internal sealed class InlineActivity<TIn, TOut>(Func<TIn, ActivityContext, CancellationToken, Task<TOut>> run) : IActivity<TIn, TOut>
{
    public Task<TOut> RunAsync(TIn input, ActivityContext context, CancellationToken cancellationToken) => run(input, context, cancellationToken);
}

internal static class Registration
{
    public static DurableBuilder Workflow<TIn, TOut>(this DurableBuilder builder, WorkflowName<TIn, TOut> name, Func<IWorkflowContext, TIn, Task<TOut>> run) =>
        builder.AddWorkflow(name, () => new InlineWorkflow<TIn, TOut>(run));

    public static DurableBuilder Activity<TIn, TOut>(this DurableBuilder builder, Activity<TIn, TOut> name, Func<TIn, ActivityContext, CancellationToken, Task<TOut>> run) =>
        builder.AddActivity(name, new InlineActivity<TIn, TOut>(run));

    public static DurableBuilder Activity<TIn, TOut>(this DurableBuilder builder, Activity<TIn, TOut> name, Func<TIn, TOut> run) =>
        builder.Activity(name, (input, _, _) => Task.FromResult(run(input)));
}

/// <summary>Names that most tests share.</summary>
internal static class Names
{
    public static readonly WorkflowName<int, int> Sum = new("Sum", 1);
    public static readonly Activity<int, int> AddOne = new("AddOne");
    public static readonly Activity<int, int> Twice = new("Twice");
    public static readonly EventName<string> Approved = new("Approved");

    /// <summary>Retries at once, so that tests are quick.</summary>
    public static readonly RetryPolicy Impatient = new(3, TimeSpan.FromMilliseconds(20), 2, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(10));
}
