using DocPipeline.Documents;

namespace DocPipeline.Server.Eval;

/// <summary>One table of a ground truth against what was reported under its name.</summary>
/// <param name="Rows">Rows of the truth.</param>
/// <param name="Found">Rows of the truth of which at least half of the cells were reported in one row.</param>
/// <param name="Cells">Cells of the truth.</param>
/// <param name="Right">Cells of the truth that were reported right, in rows that were found.</param>
/// <param name="Reported">Rows reported.</param>
internal sealed record TableScore(string Name, int Rows, int Found, int Cells, int Right, int Reported)
{
    public double RowRecall => Rows == 0 ? 1 : (double)Found / Rows;

    public double CellAccuracy => Cells == 0 ? 1 : (double)Right / Cells;

    public static TableScore Compare(string name, IReadOnlyList<IReadOnlyDictionary<string, string>> truth, IReadOnlyList<TableRow> reported)
    {
        var open = reported.Select((row, at) => (row.Cells, At: at)).ToList();
        var (found, right) = (0, 0);
        for (var i = 0; i < truth.Count; i++)
        {
            // The row that fits best; of rows that fit alike, the one nearest to the same place.
            var place = (double)i / truth.Count * reported.Count;
            var best = open
                .Select(candidate => (candidate, Fits: RightCells(truth[i], candidate.Cells)))
                .OrderByDescending(entry => entry.Fits).ThenBy(entry => Math.Abs(entry.candidate.At - place))
                .FirstOrDefault();
            if (best.Fits > 0 && 2 * best.Fits >= truth[i].Count)
            {
                (found, right) = (found + 1, right + best.Fits);
                open.Remove(best.candidate);
            }
        }

        return new(name, truth.Count, found, truth.Sum(row => row.Count), right, reported.Count);
    }

    private static int RightCells(IReadOnlyDictionary<string, string> truth, IReadOnlyDictionary<string, string> row) =>
        truth.Count(cell => row.TryGetValue(cell.Key, out var value) && SameValue.OfCell(cell.Value, value));
}
