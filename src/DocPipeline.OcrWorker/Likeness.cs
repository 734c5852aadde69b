namespace DocPipeline.OcrWorker;

/// <summary>Whether a stored scan and the page that displays it look the same. A PDF may draw an image mirrored, turned or inverted.</summary>
internal static class Likeness
{
    private const double Same = 0.95;
    private const double Clearly = 0.02;

    /// <summary>Both show the same page the same way up, and would not in any other position.</summary>
    public static bool Alike(Pix displayed, Pix stored)
    {
        const int side = Fingerprint.Side;
        var (seen, kept) = (Fingerprint.Of(displayed), Fingerprint.Of(stored));
        var upright = Correlation(seen, kept, (x, y) => (y * side) + x);
        Func<int, int, int>[] positions =
        [
            (x, y) => (y * side) + side - 1 - x,
            (x, y) => ((side - 1 - y) * side) + x,
            (x, y) => ((side - 1 - y) * side) + side - 1 - x,
            (x, y) => (x * side) + y,
            (x, y) => (x * side) + side - 1 - y,
            (x, y) => ((side - 1 - x) * side) + y,
            (x, y) => ((side - 1 - x) * side) + side - 1 - y,
        ];
        return upright > Same && positions.All(position => Correlation(seen, kept, position) < upright - Clearly);
    }

    /// <summary>Pearson's coefficient; 0 where one of the two has a single shade.</summary>
    private static double Correlation(byte[] a, byte[] b, Func<int, int, int> position)
    {
        const int side = Fingerprint.Side;
        var (meanA, meanB) = (a.Average(shade => shade), b.Average(shade => shade));
        var (both, squareA, squareB) = (0.0, 0.0, 0.0);
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var (da, db) = (a[(y * side) + x] - meanA, b[position(x, y)] - meanB);
                both += da * db;
                squareA += da * da;
                squareB += db * db;
            }
        }

        return squareA == 0 || squareB == 0 ? 0 : both / Math.Sqrt(squareA * squareB);
    }
}
