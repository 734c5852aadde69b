using DocPipeline.Documents;

namespace DocPipeline.Providers;

/// <summary>Whose money a call spends.</summary>
/// <param name="Content">The file that is read.</param>
/// <param name="Submission">Instance of the workflow; null outside of one (trying a file out).</param>
/// <param name="Step">Name of the step, such as <c>recognize-page</c>.</param>
public sealed record ProviderCall(ContentHash Content, string? Submission, string Step)
{
    /// <summary>What it will consume at most: so much of the budget is reserved before it is sent. Null: nothing is known, nothing reserved.</summary>
    public ProviderUsage? Expected { get; init; }
}
