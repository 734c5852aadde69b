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

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
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
