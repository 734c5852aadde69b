namespace DocPipeline.Extract.Labels;

/// <summary>Levenshtein distance with a bound: hostile text must not cost quadratic time for nothing.</summary>
internal static class EditDistance
{
    /// <summary>Number of insertions, deletions and substitutions, or <paramref name="bound"/> if it is that or more.</summary>
    public static int Between(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int bound)
    {
        if (Math.Abs(a.Length - b.Length) >= bound || b.Length > 256)
        {
            return bound;
        }

        Span<int> row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        // Farther from the diagonal than the bound, every value is at least the bound.
        for (var i = 1; i <= a.Length; i++)
        {
            var first = Math.Max(1, i - bound + 1);
            var last = Math.Min(b.Length, i + bound - 1);
            var diagonal = row[first - 1];
            var least = row[first - 1] = first == 1 ? i : bound;
            for (var j = first; j <= last; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
                least = Math.Min(least, row[j]);
            }

            if (least >= bound)
            {
                return bound;
            }
        }

        return Math.Min(row[b.Length], bound);
    }
}
