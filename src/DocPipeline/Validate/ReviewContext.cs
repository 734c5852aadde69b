using DocPipeline.Documents;
using DocPipeline.Extract.Schema;

namespace DocPipeline.Validate;

/// <summary>Puts together what the rules may ask about a claim: the day, the pages, the fields its document types require, and other claims.</summary>
public sealed class ReviewContext(TimeProvider time)
{
    private readonly Dictionary<string, IReadOnlyList<string>> _required =
        DocumentTypes.Shipped.All.ToDictionary(type => type.Name, type => type.Required);

    public ClaimUnderReview Of(ResolvedClaim claim, IReadOnlyList<Page> pages, KnownClaims known) =>
        new(claim, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), known, _required, [.. pages.Select(PageQuality.Of)]);
}
