using DocPipeline.Documents;

namespace DocPipeline.Server.Compare;

/// <summary>A field of the claim that the two ways do not give the same value; null: none.</summary>
internal sealed record FieldDifference(string Field, string? Live, string? Other);

/// <summary>What two ways of reading saw in one file.</summary>
/// <param name="Pages">Pages that at least one of them read from a picture.</param>
/// <param name="WordsSame">Words that both saw in the same place of those pages.</param>
/// <param name="FieldsSame">Fields of the claim with the same value.</param>
internal sealed record ReadingsCompared(int Pages, int WordsLive, int WordsOther, int WordsSame, int FieldsSame, IReadOnlyList<FieldDifference> Differences)
{
    public static ReadingsCompared Of(IReadOnlyList<Page> livePages, ResolvedClaim live, IReadOnlyList<Page> otherPages, ResolvedClaim other)
    {
        var pages = livePages.Join(otherPages, page => page.Number, page => page.Number, (ours, theirs) => (Live: ours, Other: theirs))
            .Where(pair => PageSources.IsSeen(pair.Live.Source) || PageSources.IsSeen(pair.Other.Source)).ToList();
        var (ofLive, ofOther) = (Values(live), Values(other));
        var names = ofLive.Keys.Union(ofOther.Keys).Order(StringComparer.Ordinal).ToList();
        var differences = names.Select(name => new FieldDifference(name, ofLive.GetValueOrDefault(name), ofOther.GetValueOrDefault(name))).Where(field => field.Live != field.Other).ToList();
        return new(
            pages.Count,
            pages.Sum(pair => pair.Live.Words.Count),
            pages.Sum(pair => pair.Other.Words.Count),
            pages.Sum(pair => Same(pair.Live.Words, pair.Other.Words)),
            names.Count - differences.Count,
            differences);
    }

    /// <summary>Each word is matched once, with one of the same letters and digits that stands where it does.</summary>
    private static int Same(IReadOnlyList<Word> live, IReadOnlyList<Word> other)
    {
        var free = other.GroupBy(word => Key(word.Text)).ToDictionary(group => group.Key, group => group.ToList());
        var same = 0;
        foreach (var word in live)
        {
            if (free.TryGetValue(Key(word.Text), out var candidates) && candidates.FindIndex(candidate => Overlap(word.Box, candidate.Box)) is var index and >= 0)
            {
                candidates.RemoveAt(index);
                same++;
            }
        }

        return same;
    }

    private static Dictionary<string, string?> Values(ResolvedClaim claim) =>
        claim.Fields.DistinctBy(field => field.Field.Name).ToDictionary(field => field.Field.Name, field => (string?)field.Field.Value);

    private static bool Overlap(Box a, Box b) => a.X0 < b.X1 && b.X0 < a.X1 && a.Y0 < b.Y1 && b.Y0 < a.Y1;

    private static string Key(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant() is { Length: > 0 } key ? key : text;
}
