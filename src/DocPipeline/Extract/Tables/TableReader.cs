using DocPipeline.Documents;
using DocPipeline.Extract.Labels;
using DocPipeline.Extract.Layout;
using DocPipeline.Extract.Readers;
using DocPipeline.Extract.Schema;
using DocPipeline.Extract.Values;

namespace DocPipeline.Extract.Tables;

/// <summary>
/// Rows below a header row. The header gives the columns; a repeated header on the next page continues the table, and so do rows under the
/// same columns where the header is not repeated. A line without an amount or code belongs to the row above it: a wrapped cell, or details with labels
/// of their own. What stands once above the rows of a policy holds for all of them.
/// </summary>
internal sealed class TableReader(TableSchema schema, LabelText text, SpanReader reader)
{
    // As many lines below a header are looked at for rows that show how wide its columns are.
    private const int FullRows = 40;

    private readonly Dictionary<string, string> _context = [];

    public TableHeaders Headers { get; } = new(schema, text);

    /// <param name="labels">The labels of every page: a row of labels that are no columns ends a table.</param>
    public Table Read(IReadOnlyList<PageLayout> pages, IReadOnlyDictionary<PageLayout, IReadOnlyList<LabelMatch>> labels)
    {
        var rows = new List<TableRow>();
        List<TableColumn>? columns = null;
        foreach (var page in pages)
        {
            columns = ReadPage(page, LabelRows(page, labels[page]), columns, rows);
        }

        return new(schema.Name, rows);
    }

    private List<TableColumn>? ReadPage(PageLayout page, HashSet<int> labelRows, List<TableColumn>? carried, List<TableRow> rows)
    {
        var columns = carried;
        var open = carried is not null;
        var gapBefore = double.MaxValue;
        var continued = false;
        OpenRow? row = null;
        var details = new RowDetails(Headers.ByLabel, text, reader);
        for (var i = 0; i < page.Lines.Count; i++)
        {
            var line = page.Lines[i];
            if (Headers.At(page, i) is var (header, lines))
            {
                continued = row is not null && Continues(header, row);
                if (!continued)
                {
                    Close(page, row, rows);
                    row = null;
                }

                i += lines - 1;
                (columns, open) = (Fitted(header, page, i), true);
                gapBefore = page.Lines[i].Y1;
                continue;
            }

            ReadContext(page, i);
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

            var cells = TableCells.Of(line.Segments, columns);
            if (labelRows.Contains(line.Number) || EndsTable(line))
            {
                Close(page, row, rows);
                (row, open, columns) = (null, false, null);
                continue;
            }

            if (continued && row is not null)
            {
                row.Add(cells, under: false);
                continued = false;
            }
            else if (StartsRow(cells, details.Read(line), columns))
            {
                Close(page, row, rows);
                var (said, rest) = details.Read(line);

                // Cells of several lines may hold words with labels of their own, under a header that tells nothing of them.
                row = new(line, columns.Exists(column => column.Under is not null) ? TableCells.Of(rest, columns) : cells);
                row.Add(said);
            }
            else if (row is not null && !schema.ServiceLines)
            {
                var (said, rest) = details.Read(line);
                row.Add(said);
                if (rest.Count > 0 && line.Y0 - gapBefore < 1.4 * page.TextHeight && !RowDetails.IsNote(line))
                {
                    row.Add(TableCells.Of(rest, columns), under: true);
                }
            }

            gapBefore = line.Y1;
        }

        Close(page, row, rows);
        return open ? columns : null;
    }

    /// <summary>A header may stand in the middle of its column, and cells at its left or right: rows that fill all columns say how far each one reaches.</summary>
    private List<TableColumn> Fitted(List<TableColumn> columns, PageLayout page, int header)
    {
        var fitted = columns;
        for (var i = header + 1; i < page.Lines.Count && i <= header + FullRows && !EndsTable(page.Lines[i]) && Headers.At(page, i) is null; i++)
        {
            var cells = page.Lines[i].Segments;
            if (cells.Count == columns.Count && columns.Zip(cells).All(pair => !IsTyped(pair.First.Schema) || Value(pair.First.Schema, [.. pair.Second.Words]) is not null))
            {
                fitted = [.. fitted.Zip(cells, (column, cell) => column with { X0 = Math.Min(column.X0, cell.X0), X1 = Math.Max(column.X1, cell.X1) })];
            }
        }

        return fitted;
    }

    /// <summary>The second row of a card: other columns than those the row has, and not the one that names it.</summary>
    private bool Continues(List<TableColumn> header, OpenRow row) =>
        schema.Key is not null && row.Cells.Keys.Any(column => column.Name == schema.Key) && !header.Exists(column => column.Schema.Name == schema.Key);

    /// <summary>A value that holds for all rows below it: the policy's number above its claims.</summary>
    private void ReadContext(PageLayout page, int index)
    {
        if (schema.Context is null || index + 1 >= page.Lines.Count)
        {
            return;
        }

        foreach (var segment in page.Lines[index].Segments)
        {
            if (Headers.ByLabel.TryGetValue(Headers.Folded(segment.Words), out var column) && schema.Context.Contains(column.Name)
                && page.Lines[index + 1].Segments.FirstOrDefault(below => Math.Abs(below.X0 - segment.X0) < 1.5 * segment.Height) is { } value
                && reader.Read(new FieldSchema { Type = column.Type }, value.Words) is { Plausibility: >= 0.5 } reading)
            {
                _context[column.Name] = reading.Value;
            }
        }
    }

    /// <summary>A row begins where its name stands; where rows have no names, or this one's is missing, with an amount, a date or a code in its column.</summary>
    private bool StartsRow(
        Dictionary<TableColumn, List<LayoutWord>> cells, (IReadOnlyList<(ColumnSchema Column, string Value)> Said, IReadOnlyList<Segment> Left) details, List<TableColumn> columns)
    {
        var typed = cells.Count(cell => IsTyped(cell.Key.Schema) && Value(cell.Key.Schema, cell.Value) is not null);
        if (cells.Count < 2 || typed == 0 || details is { Said.Count: > 1, Left.Count: 0 })
        {
            return false;
        }

        return !columns.Exists(column => column.Schema.Name == schema.Key)
            || cells.Any(cell => cell.Key.Schema.Name == schema.Key && Value(cell.Key.Schema, cell.Value) is not null)
            || (typed >= 3 && details.Said.Count == 0);
    }

    /// <summary>Lines that are made of labels, of which at least one names a field and none a column: the boxes below a form's table.</summary>
    private HashSet<int> LabelRows(PageLayout page, IReadOnlyList<LabelMatch> labels) =>
        [.. labels.Where(label => label.Quality >= 0.5 && !Headers.ByLabel.ContainsKey(label.Wording)).GroupBy(label => label.Line)
            .Where(line => line.Count() >= 2 && line.Any(label => label.Targets.Any(target => target.Field is not null))
                && line.Sum(label => label.Words.Count) >= 0.5 * page.Lines[line.Key].Words.Count)
            .Select(line => line.Key)];

    private static bool EndsTable(TextLine line)
    {
        var first = line.Words[0].Text.TrimEnd(':').ToLowerInvariant();
        return first is "total" or "totals" or "subtotal" or "sub-total" or "grand" or "gesamt" or "gesamtbetrag" or "summe" or "zwischensumme" or "netto" or "nettobetrag"
            || line.Words.Take(4).Select(word => word.Text.TrimEnd(':').ToLowerInvariant()).ToList() is ["policy", _, "total" or "totals", ..] or ["policy", "total" or "totals", ..]
            || (line.Words.Count >= 2 && line.Words.Count <= 6 && line.Words.Any(word => word.Text.TrimEnd(':').ToLowerInvariant() is "total" or "subtotal" or "gesamtbetrag"));
    }

    private static bool IsTyped(ColumnSchema column) => column.Type is FieldType.Amount or FieldType.Date or FieldType.Identifier;

    private string? Value(ColumnSchema column, List<LayoutWord> words)
    {
        if (column.Type is FieldType.Text or FieldType.LongText)
        {
            return string.Join(' ', words.Select(word => word.Text));
        }

        return reader.Read(new FieldSchema { Type = column.Type }, words)?.Value;
    }

    private void Close(PageLayout page, OpenRow? row, List<TableRow> rows)
    {
        if (row is null)
        {
            return;
        }

        if (schema.ServiceLines && ServiceLine.Read(row, reader) is { } service)
        {
            rows.Add(new(service.Cells, page.EvidenceOf(service.Words)));
            return;
        }

        var cells = new Dictionary<string, string>(_context);
        foreach (var (column, words) in row.Cells)
        {
            // A cell that does not read as its column's type is kept as printed: nothing is lost.
            cells[column.Name] = Value(column, words) ?? string.Join(' ', words.Select(word => word.Text));
        }

        foreach (var (column, value) in row.Details)
        {
            // "see below": what stands below is the value.
            if (!row.Cells.Any(cell => cell.Key == column && reader.Read(new FieldSchema { Type = column.Type }, cell.Value) is { Plausibility: >= 0.5 }))
            {
                cells[column.Name] = value;
            }
        }

        rows.Add(new(cells, page.EvidenceOf([.. row.Cells.SelectMany(cell => cell.Value)])));
    }
}
