namespace DocPipeline.Samples.Pictures;

/// <summary>A perspective mapping of the plane, from four point pairs.</summary>
internal sealed class Homography
{
    private readonly double[] h;

    private Homography(double[] h) => this.h = h;

    /// <summary>Maps each of the four <paramref name="from"/> points to its partner. No three points may be on one line.</summary>
    public static Homography Between((double X, double Y)[] from, (double X, double Y)[] to)
    {
        var rows = new double[8][];
        for (var i = 0; i < 4; i++)
        {
            var (x, y) = from[i];
            var (u, v) = to[i];
            rows[2 * i] = [x, y, 1, 0, 0, 0, -u * x, -u * y, u];
            rows[(2 * i) + 1] = [0, 0, 0, x, y, 1, -v * x, -v * y, v];
        }

        return new Homography(Solve(rows));
    }

    public (double X, double Y) Map(double x, double y)
    {
        var depth = (h[6] * x) + (h[7] * y) + 1;
        return (((h[0] * x) + (h[1] * y) + h[2]) / depth, ((h[3] * x) + (h[4] * y) + h[5]) / depth);
    }

    // Gauss-Jordan elimination with row pivots.
    private static double[] Solve(double[][] rows)
    {
        var n = rows.Length;
        for (var column = 0; column < n; column++)
        {
            var pivot = Enumerable.Range(column, n - column).MaxBy(i => Math.Abs(rows[i][column]));
            (rows[column], rows[pivot]) = (rows[pivot], rows[column]);
            for (var row = 0; row < n; row++)
            {
                if (row == column)
                {
                    continue;
                }

                var factor = rows[row][column] / rows[column][column];
                for (var k = column; k <= n; k++)
                {
                    rows[row][k] -= factor * rows[column][k];
                }
            }
        }

        return [.. rows.Select((row, i) => row[n] / row[i])];
    }
}
