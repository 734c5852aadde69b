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
    private readonly Dictionary<string, ColumnSchema> _byLabel = ColumnsByLabel(schema, text);
    private readonly Dictionary<string, string> _context = [];

    /// <summary>Numbers of the lines that head a table of things with descriptions: what stands below their words are cells.</summary>
    public IEnumerable<int> HeaderLines(PageLayout page) => schema.Columns.Any(column => column.Type == FieldType.LongText)
        ? page.Lines.Where(line => HeaderAt(page, line.Number) is { } columns && columns.Exists(column => column.Schema.Type == FieldType.LongText))
            .SelectMany(line => Wrapped(page, line.Number))
        : [];

    /// <summary>Numbers of all lines that head the table.</summary>
    public IEnumerable<int> Headers(PageLayout page) =>
        page.Lines.SelectMany(line => WrappedHeaderAt(page, line.Number) is var (_, lines) ? Enumerable.Range(line.Number, lines) : []);

    /// <summary>The header's line and those close below it that hold no figures: the rest of its wordings.</summary>
    private static IEnumerable<int> Wrapped(PageLayout page, int index)
    {
        yield return index;
        for (var i = index + 1; i < page.Lines.Count && page.Lines[i].Y0 - page.Lines[i - 1].Y1 < 0.7 * page.TextHeight && !page.Lines[i].Words.Any(word => word.Text.Any(char.IsAsciiDigit)); i++)
        {
            yield return i;
        }
    }

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
        var continued = false;
        Row? row = null;
        var details = new RowDetails(_byLabel, text, reader);
        for (var i = 0; i < page.Lines.Count; i++)
        {
            var line = page.Lines[i];
            if (WrappedHeaderAt(page, i) is var (header, lines))
            {
                continued = row is not null && Continues(header, row);
                if (!continued)
                {
                    Close(page, row, rows);
                    row = null;
                }

                (columns, open) = (header, true);
                i += lines - 1;
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

            var cells = Cells(line.Segments, columns);
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
                row = new(columns.Exists(column => column.Under is not null) ? Cells(rest, columns) : cells);
                row.Add(said);
            }
            else if (row is not null)
            {
                var (said, rest) = details.Read(line);
                row.Add(said);
                if (rest.Count > 0 && line.Y0 - gapBefore < 1.4 * page.TextHeight && !RowDetails.IsNote(line))
                {
                    row.Add(Cells(rest, columns), under: true);
                }
            }

            gapBefore = line.Y1;
        }

        Close(page, row, rows);
        return open ? columns : null;
    }

    /// <summary>The second row of a card: other columns than those the row has, and not the one that names it.</summary>
    private bool Continues(List<Column> header, Row row) =>
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
            if (_byLabel.TryGetValue(Folded(segment.Words), out var column) && schema.Context.Contains(column.Name)
                && page.Lines[index + 1].Segments.FirstOrDefault(below => Math.Abs(below.X0 - segment.X0) < 1.5 * segment.Height) is { } value
                && reader.Read(new FieldSchema { Type = column.Type }, value.Words) is { Plausibility: >= 0.5 } reading)
            {
                _context[column.Name] = reading.Value;
            }
        }
    }

    /// <summary>The columns of a header row and how many lines it takes. Over two lines, words above each other make one wording: "Date of", "Loss".</summary>
    private (List<Column> Columns, int Lines)? WrappedHeaderAt(PageLayout page, int index)
    {
        var single = HeaderAt(page, index);
        if (index + 1 >= page.Lines.Count || page.Lines[index + 1].Y0 - page.Lines[index].Y1 > 0.7 * page.TextHeight)
        {
            return single is null ? null : (single, 1);
        }

        var columns = new List<Column>();
        var lower = page.Lines[index + 1].Segments.ToList();
        foreach (var upper in page.Lines[index].Segments)
        {
            var below = lower.FirstOrDefault(segment => Math.Min(segment.X1, upper.X1) - Math.Max(segment.X0, upper.X0) > 0);
            lower.Remove(below!);
            Add(below is null ? upper.Words : [.. upper.Words, .. below.Words]);
        }

        lower.ForEach(segment => Add(segment.Words));
        columns.Sort((a, b) => a.X0.CompareTo(b.X0));
        var alone = Math.Max(single?.Count ?? 0, HeaderAt(page, index + 1)?.Count ?? 0);
        return columns.Count >= schema.MinimumColumns && columns.Count > alone && !HoldsFigures(page.Lines[index]) && !HoldsFigures(page.Lines[index + 1])
            ? (columns, 2)
            : single is null ? null : (single, 1);

        void Add(IReadOnlyList<LayoutWord> words)
        {
            if (Named(words) is { } named && !columns.Exists(known => known.Schema.Name == named.Column.Name))
            {
                columns.Add(ColumnOf(named.Column, words.Min(word => word.X0), words.Max(word => word.X1)) with { Under = named.Under });
            }
        }
    }

    /// <summary>"Claimant / Notes" over two lines of a cell: the first line is the one, what stands under it the other.</summary>
    private (ColumnSchema Column, ColumnSchema? Under)? Named(IReadOnlyList<LayoutWord> words)
    {
        var slash = words.Select(word => word.Text).ToList().IndexOf("/");
        if (slash > 0 && _byLabel.TryGetValue(Folded(words.Take(slash)), out var first) && _byLabel.TryGetValue(Folded(words.Skip(slash + 1)), out var under))
        {
            return (first, under);
        }

        return _byLabel.TryGetValue(Folded(words), out var column) ? (column, null) : null;
    }

    private Column ColumnOf(ColumnSchema column, double x0, double x1) =>
        new(column, x0, x1) { Marked = schema.Columns.FirstOrDefault(other => other.Name == column.Marked) };

    private string Folded(IEnumerable<LayoutWord> words) => string.Concat(words.Select(word => text.FoldWord(word.Text)));

    // Figures stand in rows, not in headers.
    private static bool HoldsFigures(TextLine line) => line.Words.Any(word => word.Text.Count(char.IsAsciiDigit) > 2 && word.Text.IndexOfAny(['.', ',']) > 0);

    /// <summary>The columns of a header row, or null.</summary>
    private List<Column>? HeaderAt(PageLayout page, int index)
    {
        var line = page.Lines[index];
        var columns = new List<Column>();
        var named = 0;
        foreach (var segment in line.Segments)
        {
            if (segment.Words.Any(word => word.Text == "/") && Named(segment.Words) is { Under: not null } both)
            {
                named += segment.Words.Count;
                columns.Add(ColumnOf(both.Column, segment.X0, segment.X1) with { Under = both.Under });
                continue;
            }

            foreach (var (column, words) in ColumnsOf(segment))
            {
                named += words.Count;
                if (!columns.Exists(known => known.Schema.Name == column.Name))
                {
                    columns.Add(ColumnOf(column, words[0].X0, words[^1].X1));
                }
            }
        }

        // A sentence may hold words of headers too.
        return columns.Count < schema.MinimumColumns || named < 0.5 * line.Words.Count || HoldsFigures(line) ? null : columns;
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
    private static Dictionary<Column, List<LayoutWord>> Cells(IEnumerable<Segment> segments, List<Column> columns)
    {
        var cells = new Dictionary<Column, List<LayoutWord>>();
        foreach (var segment in segments)
        {
            foreach (var part in Divide(segment, columns))
            {
                var (x0, x1) = (part[0].X0, part[^1].X1);
                var home = columns.MaxBy(column => Math.Min(x1, column.X1) - Math.Max(x0, column.X0))!;
                if (Math.Min(x1, home.X1) < Math.Max(x0, home.X0))
                {
                    // Figures stand to the right under a header that stands to the left.
                    home = columns.FindLast(column => column.X0 <= x0) is { } left && columns.TrueForAll(column => column.X0 <= left.X0 || column.X0 >= x1) ? left : home;
                }

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

    /// <summary>A row begins where its name stands; where rows have no names, or this one's is missing, with an amount, a date or a code in its column.</summary>
    private bool StartsRow(
        Dictionary<Column, List<LayoutWord>> cells, (IReadOnlyList<(ColumnSchema Column, string Value)> Said, IReadOnlyList<Segment> Left) details, List<Column> columns)
    {
        var typed = cells.Count(cell => cell.Key.Schema.Type is FieldType.Amount or FieldType.Date or FieldType.Identifier && Value(cell.Key.Schema, cell.Value) is not null);
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
        [.. labels.Where(label => label.Quality >= 0.5 && !_byLabel.ContainsKey(label.Wording)).GroupBy(label => label.Line)
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

    private string? Value(ColumnSchema column, List<LayoutWord> words)
    {
        if (column.Type is FieldType.Text or FieldType.LongText)
        {
            return string.Join(' ', words.Select(word => word.Text));
        }

        return reader.Read(new FieldSchema { Type = column.Type }, words)?.Value;
    }

    private void Close(PageLayout page, Row? row, List<TableRow> rows)
    {
        if (row is null)
        {
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

    private sealed record Column(ColumnSchema Schema, double X0, double X1)
    {
        /// <summary>What the lines of a cell below its first one hold, if that is something else.</summary>
        public ColumnSchema? Under { get; init; }

        /// <summary>What a lone mark under the header means, if that is something else.</summary>
        public ColumnSchema? Marked { get; init; }
    }

    private sealed class Row
    {
        public Row(Dictionary<Column, List<LayoutWord>> cells) => Add(cells, under: false);

        public Dictionary<ColumnSchema, List<LayoutWord>> Cells { get; } = [];

        public List<(ColumnSchema Column, string Value)> Details { get; } = [];

        public void Add(IEnumerable<(ColumnSchema Column, string Value)> details) => Details.AddRange(details);

        public void Add(Dictionary<Column, List<LayoutWord>> more, bool under)
        {
            foreach (var (column, words) in more)
            {
                var name = under && column.Under is not null ? column.Under : words.Count == 1 && RowDetails.IsMark(words[0]) && column.Marked is not null ? column.Marked : column.Schema;
                (Cells.TryGetValue(name, out var known) ? known : Cells[name] = []).AddRange(words);
            }
        }
    }
}
