using DocPipeline.Providers;
using DocPipeline.Providers.Wire;

namespace DocPipeline.Azure.DocumentIntelligence;

/// <summary>
/// Fields that a model names: pairs without a label, and a table for each list of objects. What has no content on the page is passed over: the service concluded it (a country from a town),
/// and did not read it. Its normalised values are left out: we normalise what is written.
/// </summary>
internal sealed class DocumentFields(DocumentIntelligenceLayout layout)
{
    public List<(int Page, LayoutPair Pair)> Pairs { get; } = [];

    public List<(int Page, LayoutTable Table)> Tables { get; } = [];

    public List<(int Page, LayoutRegion Region)> Signatures { get; } = [];

    /// <param name="fields">By name.</param>
    public void Read(ReplyJson fields) => Read(fields, within: "");

    private void Read(ReplyJson fields, string within)
    {
        foreach (var (name, field) in fields.Members())
        {
            ReadField(field, within + name);
        }
    }

    // Member.Name is the name of a member's name.
    private void ReadField(ReplyJson field, string name)
    {
        switch (field["type"].Text())
        {
            case "object":
                if (field.Find("valueObject") is { } members)
                {
                    Read(members, $"{name}.");
                }

                break;

            case "array":
                ReadList(field.ItemsOf("valueArray").ToList(), name);
                break;

            case "signature" when field.Find("valueSignature")?.Text() == "signed":
                Signatures.Add(layout.Region(field, ConfidenceOf(field)));
                break;

            case "selectionMark" when field.Find("valueSelectionMark") is { } state:
                Add(field, name, AnalyzedPage.IsSelected(state));
                break;

            case var _ when field.Find("content")?.Text().Length > 0:
                Add(field, name, selected: null);
                break;
        }
    }

    private void ReadList(List<ReplyJson> items, string name)
    {
        var rows = items.Where(item => item["type"].Text() == "object").ToList();
        foreach (var item in items.Where(item => item["type"].Text() != "object"))
        {
            ReadField(item, name);
        }

        if (rows.Count >= DocumentIntelligenceLayout.MostRows)
        {
            throw rows[^1].Broken("fewer rows were expected");
        }

        var columns = new List<string>();
        var cells = new List<(int Page, LayoutCell Cell)>();
        foreach (var (item, row) in rows.Select((item, row) => (item, row)))
        {
            foreach (var (column, field) in item.Find("valueObject")?.Members() ?? [])
            {
                if (field.Find("content")?.Text() is not { Length: > 0 })
                {
                    continue;
                }

                if (!columns.Contains(column))
                {
                    columns.Add(column.Length > 0 && columns.Count < DocumentIntelligenceLayout.MostColumns ? column : throw field.Broken("fewer columns were expected"));
                }

                var (page, region) = layout.Region(field, ConfidenceOf(field));
                cells.Add((page, new(row + 1, columns.IndexOf(column), RowSpan: 1, ColumnSpan: 1, Header: false, region)));
            }
        }

        // Items may go on overleaf: each page has a table of its own, with the columns of all.
        var headers = columns.Select((column, index) => new LayoutCell(Row: 0, index, RowSpan: 1, ColumnSpan: 1, Header: true, new LayoutRegion(column, Box: null, Confidence: 1))).ToList();
        Tables.AddRange(cells.GroupBy(cell => cell.Page, cell => cell.Cell).Select(page => (page.Key, new LayoutTable(
            rows.Count + 1,
            columns.Count,
            [.. headers, .. page],
            DocumentIntelligenceLayout.Around(page.Select(cell => cell.Region.Box))))));
    }

    private void Add(ReplyJson field, string name, bool? selected)
    {
        var (page, region) = layout.Region(field, ConfidenceOf(field));
        Pairs.Add((page, new(name, Label: null, region, selected)));
    }

    private static double? ConfidenceOf(ReplyJson field) => field.Find("confidence")?.Fraction();
}
