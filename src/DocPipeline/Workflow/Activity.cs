namespace DocPipeline.Workflow;

/// <summary>The name of an activity together with the types of its input and output. Inputs and outputs are small records: ids and references, never pages or text.</summary>
public sealed record Activity<TIn, TOut>(string Name);

/// <summary>The service behind an activity's name. It runs at least once for each recorded result.</summary>
public interface IActivity<in TIn, TOut>
{
    Task<TOut> RunAsync(TIn input, ActivityContext context, CancellationToken cancellationToken);
}
