using DocPipeline.Documents;
using DocPipeline.Extract.Schema;

namespace DocPipeline.Split;

/// <summary>
/// Divides the pages of a file into documents of one type each. A page opens a document when a title heads it or when its wording clearly
/// belongs to another type; every other page (second pages, legal text on the back, blank pages) belongs to the document before it.
/// </summary>
public sealed class PageSplitter
{
    private const string Other = "other";
    private const string NotAClaim = "not_a_claim";

    // A type needs about a title, or half a dozen of its usual phrases.
    private const double Enough = 3;

    private readonly DocumentTypes _types = DocumentTypes.Shipped;
    private readonly PageClassifier _classifier;

    public PageSplitter() => _classifier = new(_types);

    public IReadOnlyList<DocumentPart> Split(IReadOnlyList<Page> pages)
    {
        var groups = new List<List<PageClass>>();
        foreach (var page in pages.Select(_classifier.Classify))
        {
            if (groups.Count == 0 || Opens(page, groups[^1]))
            {
                groups.Add([]);
            }

            groups[^1].Add(page);
        }

        return [.. groups.Select(PartOf)];
    }

    private bool Opens(PageClass page, List<PageClass> current)
    {
        if (page.Words < 8 || page.PageOf is { Page: > 1 })
        {
            return false;
        }

        var (type, score) = Best([page]);
        if (current.All(p => p.Words < 8))
        {
            return score >= Enough;
        }

        var (currentType, currentScore) = Best(current);
        if (type is null || score < Enough)
        {
            // A page of another kind altogether inside a packet: many labels, none of the current type's wording.
            return page.ClaimLabels >= 4 && page[currentType ?? ""] < 0.5 && currentScore >= Enough && page.PageOf is { Page: 1 };
        }

        if (type != currentType)
        {
            var rival = currentType is null ? 0 : page[currentType];
            return page.Title == type ? score > rival : score >= 2 * Enough && score > 2 * rival + 1;
        }

        return page.Title == type && (page.PageOf is { Page: 1 } || (_types[type].OnePage && page[type] >= 1.5 * Enough));
    }

    private DocumentPart PartOf(List<PageClass> group)
    {
        var pages = group.Select(page => page.Number).ToList();
        var (type, score) = Best(group);
        var labels = group.Max(page => page.ClaimLabels);
        var negative = group.Max(page => page[NotAClaim]);
        if (type is not null && score >= Enough && score > negative)
        {
            return new(type, ConfidenceOf(group, type, score), pages);
        }

        if (negative >= 2 || labels < 3)
        {
            // Rejecting needs evidence. Where there is merely none for a claim, a person looks.
            return new(NotAClaim, negative >= Enough ? 0.95 : negative >= 2 ? 0.7 : 0.5, pages);
        }

        // Weak, but the only type with evidence of its own.
        return type is not null && score >= 0.6 * Enough
            ? new(type, ConfidenceOf(group, type, score), pages)
            : new(Other, 0.6, pages);
    }

    /// <summary>The type with most evidence over a group; a phrase on the first page counts in full, on later ones by half.</summary>
    private static (string? Type, double Score) Best(List<PageClass> group)
    {
        var best = ((string?)null, 0.0);
        foreach (var type in group.SelectMany(page => page.Scores.Keys).Distinct().Where(type => type is not (NotAClaim or Other)).Order(StringComparer.Ordinal))
        {
            var score = group.Select((page, i) => i == 0 ? page[type] : 0.5 * Math.Max(page[type], 0)).Order().TakeLast(3).Sum();
            if (score > best.Item2)
            {
                best = (type, score);
            }
        }

        return best;
    }

    private static double ConfidenceOf(List<PageClass> group, string type, double score)
    {
        var second = group.SelectMany(page => page.Scores).Where(entry => entry.Key != type).Select(entry => entry.Value).DefaultIfEmpty(0).Max();
        return Math.Round(Math.Clamp(score / (score + Math.Max(second, 0) + 1), 0.05, 0.99), 3);
    }
}
