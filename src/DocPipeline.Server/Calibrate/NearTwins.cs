namespace DocPipeline.Server.Calibrate;

/// <summary>A document as its twins would know it.</summary>
/// <param name="Words">What stands on it.</param>
/// <param name="Names">Numbers and firms by which its documents belong together: claim, policy, invoice, VIN, provider.</param>
internal sealed record DocumentTraits(IReadOnlySet<string> Words, IReadOnlyList<string> Names);

/// <summary>
/// Finds documents that are so alike that one tells what the other says: they share half of their words, a number, or the firm that made them, directly or
/// through others. Whoever measures on one of them must not have trained on another.
/// </summary>
internal static class NearTwins
{
    private const double AlikeFrom = 0.5;

    /// <returns>For each document the number of its family.</returns>
    public static int[] FamiliesOf(IReadOnlyList<DocumentTraits> documents)
    {
        var family = Enumerable.Range(0, documents.Count).ToArray();
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < documents.Count; i++)
        {
            foreach (var name in documents[i].Names)
            {
                if (!first.TryAdd(name, i))
                {
                    Join(i, first[name]);
                }
            }

            for (var j = 0; j < i; j++)
            {
                if (Root(i) != Root(j) && AreAlike(documents[i].Words, documents[j].Words))
                {
                    Join(i, j);
                }
            }
        }

        return [.. family.Select((_, i) => Root(i))];

        int Root(int i)
        {
            while (family[i] != i)
            {
                i = family[i] = family[family[i]];
            }

            return i;
        }

        void Join(int a, int b) => family[Math.Max(Root(a), Root(b))] = Math.Min(Root(a), Root(b));
    }

    /// <summary>Deals families out to folds, largest first, each to the fold that has least, so that folds are of a size.</summary>
    /// <param name="sizes">How many values each document has.</param>
    /// <returns>For each document its fold.</returns>
    public static int[] Deal(int[] families, IReadOnlyList<int> sizes, int folds)
    {
        var (filled, foldOf) = (new int[folds], new Dictionary<int, int>());
        foreach (var family in families.Select((root, document) => (root, size: sizes[document])).GroupBy(entry => entry.root, entry => entry.size)
            .OrderByDescending(family => family.Sum()).ThenBy(family => family.Key))
        {
            var fold = Array.IndexOf(filled, filled.Min());
            filled[fold] += family.Sum();
            foldOf[family.Key] = fold;
        }

        return [.. families.Select(root => foldOf[root])];
    }

    /// <summary>Jaccard's index: common words over all words.</summary>
    private static bool AreAlike(IReadOnlySet<string> a, IReadOnlySet<string> b)
    {
        var (small, large) = a.Count < b.Count ? (a, b) : (b, a);
        if (small.Count < AlikeFrom * large.Count)
        {
            return false;
        }

        var common = small.Count(large.Contains);
        return common >= AlikeFrom * (small.Count + large.Count - common);
    }
}
