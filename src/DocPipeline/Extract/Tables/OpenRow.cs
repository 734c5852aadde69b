using DocPipeline.Extract.Layout;
using DocPipeline.Extract.Schema;

namespace DocPipeline.Extract.Tables;

/// <summary>A row to which the lines below it may still add.</summary>
internal sealed class OpenRow
{
    /// <param name="line">The line that the row begins with.</param>
    public OpenRow(TextLine line, Dictionary<TableColumn, List<LayoutWord>> cells)
    {
        Line = line;
        Add(cells, under: false);
    }

    public TextLine Line { get; }

    public Dictionary<ColumnSchema, List<LayoutWord>> Cells { get; } = [];

    public List<(ColumnSchema Column, string Value)> Details { get; } = [];

    public void Add(IEnumerable<(ColumnSchema Column, string Value)> details) => Details.AddRange(details);

    public void Add(Dictionary<TableColumn, List<LayoutWord>> more, bool under)
    {
        foreach (var (column, words) in more)
        {
            var name = under && column.Under is not null ? column.Under : words.Count == 1 && RowDetails.IsMark(words[0]) && column.Marked is not null ? column.Marked : column.Schema;
            (Cells.TryGetValue(name, out var known) ? known : Cells[name] = []).AddRange(words);
        }
    }
}
