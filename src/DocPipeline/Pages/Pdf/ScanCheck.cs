namespace DocPipeline.Pages.Pdf;

/// <summary>
/// Whether a document's scans may be taken out of the PDF as they are. A PDF may draw an image mirrored or upside down, and no list says so;
/// words would then be boxed where they are not. One page is rendered as well, and the document is trusted if both pictures agree
/// and agree in no other position: one producer draws all its pages in one way.
/// </summary>
/// <param name="Upright">The scans are drawn as they are stored.</param>
internal sealed record ScanCheck(bool Upright)
{
    private const double Same = 0.95;
    private const double Clearly = 0.02;

    /// <param name="rendered">Square grid of shades of the page as displayed.</param>
    /// <param name="stored">The same of the image as stored.</param>
    public static ScanCheck Of(IReadOnlyList<byte> rendered, IReadOnlyList<byte> stored)
    {
        var side = (int)Math.Sqrt(rendered.Count);
        if (stored.Count != rendered.Count || side == 0)
        {
            return new ScanCheck(Upright: false);
        }

        var upright = Correlation(rendered, stored, (x, y) => (y * side) + x);
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
        return new ScanCheck(upright > Same && positions.All(position => Correlation(rendered, stored, position) < upright - Clearly));
    }

    /// <summary>Pearson's coefficient; 0 where one of the two has a single shade.</summary>
    private static double Correlation(IReadOnlyList<byte> a, IReadOnlyList<byte> b, Func<int, int, int> position)
    {
        var side = (int)Math.Sqrt(a.Count);
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
