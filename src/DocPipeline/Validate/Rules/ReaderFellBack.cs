using DocPipeline.Documents;

namespace DocPipeline.Validate.Rules;

/// <summary>Nothing is skipped silently: who looks at a claim sees that a page was read by another reader than the one that the settings name first.</summary>
internal sealed class ReaderFellBack : IClaimRule
{
    public string Code => "reader-fell-back";

    public Severity Severity => Severity.Info;

    public string Meaning => "A page was read by another reader than the first one of the settings.";

    public IEnumerable<PlacedFinding> Check(ClaimUnderReview claim)
    {
        // A service that rests does so for all pages: one finding for all that have the same story.
        foreach (var pages in claim.Pages.Where(page => page.Skipped is { Count: > 0 }).GroupBy(StoryOf))
        {
            var numbers = pages.Select(page => page.Page).ToList();
            var subject = numbers.Count == 1 ? $"Page {numbers[0]} was" : $"Pages {string.Join(", ", numbers)} were";
            yield return this.Found($"{subject} read by {pages.First().Source}. {pages.Key}", field: null, document: null);
        }
    }

    private static string StoryOf(PageQuality page) => string.Join(' ', page.Skipped!.Select(reader => $"Not by {reader.Reader}: {reader.Reason}"));
}
