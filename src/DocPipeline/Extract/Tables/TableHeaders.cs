using DocPipeline.Extract.Labels;
using DocPipeline.Extract.Layout;
using DocPipeline.Extract.Readers;
using DocPipeline.Extract.Schema;

namespace DocPipeline.Extract.Tables;

/// <summary>
/// Rows that head a table: by the wordings of its columns, in one line or in two that stand close, where words above each other make one wording.
/// </summary>
internal sealed class TableHeaders(TableSchema schema, LabelText text)
{
    private readonly Dictionary<string, ColumnSchema> _byLabel = ColumnsByLabel(schema, text);

    /// <summary>Every line is asked for several times: by its own number, below the one above it, and by whoever wants to know where headers are.</summary>
    private readonly Dictionary<(PageLayout Page, int Line), List<TableColumn>?> _seen = [];

    /// <summary>The column of each folded wording.</summary>
    public IReadOnlyDictionary<string, ColumnSchema> ByLabel => _byLabel;

    /// <summary>Numbers of the lines that head a table of things with descriptions: what stands below their words are cells.</summary>
    public IEnumerable<int> LinesOfDescribedThings(PageLayout page) => schema.Columns.Any(column => column.Type == FieldType.LongText)
        ? page.Lines.Where(line => HeaderAt(page, line.Number) is { } columns && columns.Exists(column => column.Schema.Type == FieldType.LongText))
            .SelectMany(line => Wrapped(page, line.Number))
        : [];

    /// <summary>Numbers of all lines that head the table.</summary>
    public IEnumerable<int> Lines(PageLayout page) =>
        page.Lines.SelectMany(line => At(page, line.Number) is var (_, lines) ? Enumerable.Range(line.Number, lines) : []);

    /// <summary>The columns of a header row and how many lines it takes. Over two lines, words above each other make one wording: "Date of", "Loss".</summary>
    public (List<TableColumn> Columns, int Lines)? At(PageLayout page, int index)
    {
        var single = HeaderAt(page, index);
        if (index + 1 >= page.Lines.Count || page.Lines[index + 1].Y0 - page.Lines[index].Y1 > 0.7 * page.TextHeight)
        {
            return single is null ? null : (single, 1);
        }

        var columns = new List<TableColumn>();
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
        return IsEnough(columns) && columns.Count > alone && !HoldsFigures(page.Lines[index]) && !HoldsFigures(page.Lines[index + 1])
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

    public string Folded(IEnumerable<LayoutWord> words) => string.Concat(words.Select(word => text.FoldWord(word.Text)));

    /// <summary>The header's line and those close below it that hold no figures: the rest of its wordings.</summary>
    private static IEnumerable<int> Wrapped(PageLayout page, int index)
    {
        yield return index;
        for (var i = index + 1; i < page.Lines.Count && page.Lines[i].Y0 - page.Lines[i - 1].Y1 < 0.7 * page.TextHeight && !page.Lines[i].Words.Any(word => word.Text.Any(char.IsAsciiDigit)); i++)
        {
            yield return i;
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

    private TableColumn ColumnOf(ColumnSchema column, double x0, double x1) =>
        new(column, x0, x1) { Marked = schema.Columns.FirstOrDefault(other => other.Name == column.Marked) };

    private bool IsEnough(List<TableColumn> columns) =>
        columns.Count >= schema.MinimumColumns && (schema.OneOf is null || columns.Exists(column => schema.OneOf.Contains(column.Schema.Name)));

    // Figures stand in rows, not in headers.
    private static bool HoldsFigures(TextLine line) => line.Words.Any(word => word.Text.Count(char.IsAsciiDigit) > 2 && word.Text.IndexOfAny(['.', ',']) > 0);

    private List<TableColumn>? HeaderAt(PageLayout page, int index)
    {
        if (!_seen.TryGetValue((page, index), out var columns))
        {
            _seen[(page, index)] = columns = HeaderOf(page.Lines[index]);
        }

        return columns;
    }

    /// <summary>The columns of a header row, or null.</summary>
    private List<TableColumn>? HeaderOf(TextLine line)
    {
        var columns = new List<TableColumn>();
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
        return !IsEnough(columns) || named < 0.5 * line.Words.Count || HoldsFigures(line) ? null : columns;
    }

    private IEnumerable<(ColumnSchema Column, IReadOnlyList<LayoutWord> Words)> ColumnsOf(Segment segment)
    {
        var folded = segment.Words.Select(word => text.FoldWord(word.Text)).ToArray();
        for (var start = 0; start < folded.Length;)
        {
            var taken = 0;
            for (var length = Math.Min(5, folded.Length - start); length > 0 && taken == 0; length--)
            {
                if (_byLabel.TryGetValue(string.Concat(folded.AsSpan(start, length)!), out var column))
                {
                    taken = length;
                    yield return (column, [.. segment.Words.Skip(start).Take(length)]);
                }
            }

            start += Math.Max(taken, 1);
        }
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
}
