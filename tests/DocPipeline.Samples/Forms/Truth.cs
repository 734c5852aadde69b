namespace DocPipeline.Samples.Forms;

/// <summary>
/// What a reader should find: filled by the same entries that are printed, so it cannot drift from the paper.
/// A field that is not printed is absent.
/// </summary>
internal sealed class Truth
{
    private readonly SortedDictionary<string, object> values = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, object> Values => values;

    public static Truth Of(Form form)
    {
        var truth = new Truth();
        if (form.LetterheadField is not null && form.Letterhead.Count > 0)
        {
            truth.Add(form.LetterheadField, form.Letterhead[0]);
        }

        foreach (var block in form.Blocks)
        {
            IReadOnlyList<Entry> entries = block switch { FieldBlock fields => fields.Entries, SideBySide pair => [.. pair.Left.Entries, .. pair.Right.Entries], TableBlock table => table.Totals, _ => [] };
            foreach (var entry in entries)
            {
                truth.Add(entry);
            }

            if (block is TableBlock { Field: { } field, TruthRows.Count: > 0 } rows)
            {
                truth.AddRows(field, rows.TruthRows);
            }
        }

        return truth;
    }

    public void Add(Entry entry)
    {
        if (entry.Field is not null && entry.Printed.Length > 0)
        {
            Add(entry.Field, entry.Truth ?? entry.Printed);
            foreach (var (field, value) in entry.Also)
            {
                Add(field, value);
            }
        }
    }

    /// <summary>The same field may be printed twice, but only with one value.</summary>
    public void Add(string field, string value)
    {
        if (values.TryGetValue(field, out var known) && !known.Equals(value))
        {
            throw new InvalidOperationException($"{field} is printed as '{known}' and as '{value}': a planted contradiction must be left out of the truth.");
        }

        values[field] = value;
    }

    public void AddRows(string field, IReadOnlyList<object> rows) => values[field] = rows;

    public void Remove(string field) => values.Remove(field);
}
