using DocPipeline.Extract;

namespace DocPipeline.Resolve.Ask;

/// <summary>A file that was resolved and left questions open.</summary>
public sealed record QuestionsToAsk(ResolvedFile Resolved, IReadOnlyList<ExtractedPart> Parts);
