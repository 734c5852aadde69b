namespace DocPipeline.Workflow;

/// <summary>A workflow: deterministic code over <see cref="IWorkflowContext"/>.</summary>
public interface IWorkflow<in TIn, TOut>
{
    Task<TOut> RunAsync(IWorkflowContext context, TIn input);
}

/// <summary>The name under which a workflow is started and the version of its step order. A changed step order needs a new version.</summary>
public sealed record WorkflowName<TIn, TOut>(string Name, int Version);
