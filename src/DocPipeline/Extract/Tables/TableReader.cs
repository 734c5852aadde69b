using DocPipeline.Documents;
using DocPipeline.Extract.Labels;
using DocPipeline.Extract.Layout;
using DocPipeline.Extract.Readers;
using DocPipeline.Extract.Schema;
using DocPipeline.Extract.Values;

namespace DocPipeline.Extract.Tables;

/// <summary>
/// Rows below a header row. The header gives the columns; a repeated header on the next page continues the table, and so do rows under the
/// same columns where the header is not repeated. A line without an amount or code belongs to the row above it (wrapped cell).
/// </summary>
internal sealed class TableReader(TableSchema schema, LabelText text, SpanReader reader)
{
    private readonly Dictionary<string, ColumnSchema> _byLabel = ColumnsByLabel(schema, text);

    /// <summary>Numbers of the lines that head a table of things with descriptions: what stands below their words are cells.</summary>
    public IEnumerable<int> HeaderLines(PageLayout page) => schema.Columns.Any(column => column.Type == FieldType.LongText)
        ? page.Lines.Where(line => HeaderAt(page, line.Number) is { } columns && columns.Exists(column => column.Schema.Type == FieldType.LongText)).Select(line => line.Number)
        : [];

    /// <param name="labels">The labels of every page: a row of labels that are no columns ends a table.</param>
    public Table Read(IReadOnlyList<PageLayout> pages, IReadOnlyDictionary<PageLayout, IReadOnlyList<LabelMatch>> labels)
    {
        var rows = new List<TableRow>();
        List<Column>? columns = null;
        foreach (var page in pages)
        {
            columns = ReadPage(page, LabelRows(page, labels[page]), columns, rows);
        }

        return new(schema.Name, rows);
    }

    private List<Column>? ReadPage(PageLayout page, HashSet<int> labelRows, List<Column>? carried, List<TableRow> rows)
    {
        var columns = carried;
        var open = carried is not null;
        var gapBefore = double.MaxValue;
        Row? row = null;
        for (var i = 0; i < page.Lines.Count; i++)
        {
            var line = page.Lines[i];
            if (HeaderAt(page, i) is { } header)
            {
                Close(page, row, rows);
                (row, columns, open) = (null, header, true);
                gapBefore = line.Y1;
                continue;
            }

            if (!open || columns is null)
            {
                continue;
            }

            if (row is not null && line.Y0 - gapBefore > 5 * page.TextHeight)
            {
                Close(page, row, rows);
                (row, open) = (null, false);
                continue;
            }

            var cells = Cells(line, columns);
            if (labelRows.Contains(line.Number) || EndsTable(line))
            {
                Close(page, row, rows);
                (row, open, columns) = (null, false, null);
                continue;
            }

            if (StartsRow(cells))
            {
                Close(page, row, rows);
                row = new(cells);
            }
            else if (row is not null && cells.Count > 0 && line.Y0 - gapBefore < 1.4 * page.TextHeight)
            {
                row.Add(cells);
            }

            gapBefore = line.Y1;
        }

        Close(page, row, rows);
        return open ? columns : null;
    }

    /// <summary>The columns of a header row, or null. A header may be wrapped over two lines.</summary>
    private List<Column>? HeaderAt(PageLayout page, int index)
    {
        var line = page.Lines[index];
        var columns = new List<Column>();
        foreach (var segment in line.Segments)
        {
            foreach (var (column, words) in ColumnsOf(segment))
            {
                if (!columns.Exists(known => known.Schema.Name == column.Name))
                {
                    columns.Add(new(column, words[0].X0, words[^1].X1));
                }
            }
        }

        // Figures stand in rows, not in headers.
        return columns.Count < schema.MinimumColumns || line.Words.Any(word => word.Text.Count(char.IsAsciiDigit) > 2 && word.Text.IndexOfAny(['.', ',']) > 0)
            ? null
            : columns;
    }

    private IEnumerable<(ColumnSchema Column, IReadOnlyList<LayoutWord> Words)> ColumnsOf(Segment segment)
    {
        for (var start = 0; start < segment.Words.Count;)
        {
            var taken = 0;
            for (var length = Math.Min(5, segment.Words.Count - start); length > 0 && taken == 0; length--)
            {
                var words = segment.Words.Skip(start).Take(length).ToList();
                if (_byLabel.TryGetValue(string.Concat(words.Select(word => text.FoldWord(word.Text))), out var column))
                {
                    taken = length;
                    yield return (column, words);
                }
            }

            start += Math.Max(taken, 1);
        }
    }

    /// <summary>Every segment goes to the column whose header it overlaps most, or else to the nearest.</summary>
    private static Dictionary<Column, List<LayoutWord>> Cells(TextLine line, List<Column> columns)
    {
        var cells = new Dictionary<Column, List<LayoutWord>>();
        foreach (var segment in line.Segments)
        {
            foreach (var part in Divide(segment, columns))
            {
                var (x0, x1) = (part[0].X0, part[^1].X1);
                var home = columns.MaxBy(column => Math.Min(x1, column.X1) - Math.Max(x0, column.X0))!;
                (cells.TryGetValue(home, out var words) ? words : cells[home] = []).AddRange(part);
            }
        }

        return cells;
    }

    /// <summary>A segment that reaches into two typed columns is cut where the second begins.</summary>
    private static IEnumerable<List<LayoutWord>> Divide(Segment segment, List<Column> columns)
    {
        var part = new List<LayoutWord> { segment.Words[0] };
        for (var i = 1; i < segment.Words.Count; i++)
        {
            var (before, word) = (segment.Words[i - 1], segment.Words[i]);
            var starts = columns.Exists(column => Math.Abs(column.X0 - word.X0) < 0.35 * word.Height && column.X0 > before.X1)
                && word.X0 - before.X1 > 0.45 * word.Height;
            if (starts)
            {
                yield return part;
                part = [];
            }

            part.Add(word);
        }

        yield return part;
    }

    /// <summary>A row begins where an amount, a date or a code stands in its column.</summary>
    private bool StartsRow(Dictionary<Column, List<LayoutWord>> cells) =>
        cells.Count >= 2 && cells.Any(cell => cell.Key.Schema.Type is FieldType.Amount or FieldType.Date or FieldType.Identifier && Value(cell.Key, cell.Value) is not null);

    /// <summary>Lines that are made of labels, of which at least one names a field and none a column: the boxes below a form's table.</summary>
    private HashSet<int> LabelRows(PageLayout page, IReadOnlyList<LabelMatch> labels) =>
        [.. labels.Where(label => label.Quality >= 0.5 && !_byLabel.ContainsKey(label.Wording)).GroupBy(label => label.Line)
            .Where(line => line.Count() >= 2 && line.Any(label => label.Targets.Any(target => target.Field is not null))
                && line.Sum(label => label.Words.Count) >= 0.5 * page.Lines[line.Key].Words.Count)
            .Select(line => line.Key)];

    private static bool EndsTable(TextLine line)
    {
        var first = line.Words[0].Text.TrimEnd(':').ToLowerInvariant();
        return first is "total" or "totals" or "subtotal" or "sub-total" or "grand" or "gesamt" or "gesamtbetrag" or "summe" or "zwischensumme" or "netto" or "nettobetrag"
            || (line.Words.Count >= 2 && line.Words.Count <= 6 && line.Words.Any(word => word.Text.TrimEnd(':').ToLowerInvariant() is "total" or "subtotal" or "gesamtbetrag"));
    }

    private string? Value(Column column, List<LayoutWord> words)
    {
        if (column.Schema.Type is FieldType.Text or FieldType.LongText)
        {
            return string.Join(' ', words.Select(word => word.Text));
        }

        return reader.Read(new FieldSchema { Type = column.Schema.Type }, words)?.Value;
    }

    private void Close(PageLayout page, Row? row, List<TableRow> rows)
    {
        if (row is null)
        {
            return;
        }

        var cells = new Dictionary<string, string>();
        foreach (var (column, words) in row.Cells)
        {
            // A cell that does not read as its column's type is kept as printed: nothing is lost.
            cells[column.Schema.Name] = Value(column, words) ?? string.Join(' ', words.Select(word => word.Text));
        }

        rows.Add(new(cells, page.EvidenceOf([.. row.Cells.SelectMany(cell => cell.Value)])));
    }

    private static Dictionary<string, ColumnSchema> ColumnsByLabel(TableSchema schema, LabelText text)
    {
        var byLabel = new Dictionary<string, ColumnSchema>();
        foreach (var column in schema.Columns)
        {
            foreach (var label in column.Labels)
            {
                byLabel.TryAdd(text.Fold(label), column);
            }
        }

        return byLabel;
    }

    private sealed record Column(ColumnSchema Schema, double X0, double X1);

    private sealed class Row(Dictionary<Column, List<LayoutWord>> cells)
    {
        public Dictionary<Column, List<LayoutWord>> Cells { get; } = cells;

        public void Add(Dictionary<Column, List<LayoutWord>> more)
        {
            foreach (var (column, words) in more)
            {
                (Cells.TryGetValue(column, out var known) ? known : Cells[column] = []).AddRange(words);
            }
        }
    }
}
