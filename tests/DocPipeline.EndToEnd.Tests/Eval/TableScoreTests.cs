using DocPipeline.Documents;
using DocPipeline.Server.Eval;

namespace DocPipeline.EndToEnd.Tests.Eval;

public sealed class TableScoreTests
{
    private static readonly IReadOnlyDictionary<string, string>[] Truth =
    [
        Row(("description", "Front bumper"), ("amount", "120.00"), ("date", "01/05/2026")),
        Row(("description", "Front bumper"), ("amount", "80.00"), ("date", "01/06/2026")),
        Row(("description", "Paint"), ("amount", "45.50"), ("date", "01/07/2026")),
    ];

    [Fact]
    public void Compare_AllRowsInAnyOrder_FindsEveryCell()
    {
        var score = Compare(
            Row(("description", "PAINT"), ("amount", "45.5"), ("date", "2026-01-07")),
            Row(("description", "Front bumper"), ("amount", "120.00"), ("date", "2026-01-05")),
            Row(("description", "front bumper"), ("amount", "80.00"), ("date", "2026-01-06")));

        Assert.Equal(new TableScore("line_items", 3, 3, 9, 9, 3), score);
    }

    [Fact]
    public void Compare_LostRowAndWrongCell_CountsBoth()
    {
        var score = Compare(
            Row(("description", "Front bumper"), ("amount", "120.00"), ("date", "2026-01-05")),
            Row(("description", "Paint"), ("amount", "45.50"), ("date", "2026-07-01"), ("quantity", "1")));

        // 1 July is another reading of 01/07/2026, which the truth leaves open.
        Assert.Equal(new TableScore("line_items", 3, 2, 9, 6, 2), score);
        Assert.Equal(2.0 / 3, score.RowRecall, 9);
        Assert.Equal(6.0 / 9, score.CellAccuracy, 9);
    }

    [Fact]
    public void Compare_RowOfWhichLessThanHalfFits_IsNotFound() =>
        Assert.Equal(0, Compare(Row(("description", "Paint"), ("amount", "1.00"), ("date", "2020-01-01"))).Found);

    private static TableScore Compare(params IReadOnlyDictionary<string, string>[] rows) =>
        TableScore.Compare("line_items", Truth, [.. rows.Select(cells => new TableRow(cells, new Evidence(1, new Box(0, 0, 1, 1), "row", PageSources.TextLayer)))]);

    private static Dictionary<string, string> Row(params (string Column, string Value)[] cells) => cells.ToDictionary(cell => cell.Column, cell => cell.Value);
}
