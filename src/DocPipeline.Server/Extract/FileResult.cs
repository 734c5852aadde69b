using DocPipeline.Documents;

namespace DocPipeline.Server.Extract;

/// <summary>Everything that reading one file gave.</summary>
/// <param name="Status"><c>accepted</c>, <c>needs_review</c> or <c>rejected</c>.</param>
/// <param name="Reason">Why it was not accepted, for a person; null when accepted.</param>
internal sealed record FileResult(
    string File,
    ContentHash Content,
    string Status,
    string? Reason,
    ResolvedClaim Claim,
    IReadOnlyDictionary<string, double> TimingsMs);
