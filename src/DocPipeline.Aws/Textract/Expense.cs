using DocPipeline.Documents;
using DocPipeline.Providers;
using DocPipeline.Providers.Wire;

namespace DocPipeline.Aws.Textract;

/// <summary>Fields and line items of an invoice or a receipt (Textract Developer Guide, "Analyzing Invoices and Receipts").</summary>
internal static class Expense
{
    private const int MostColumns = 1_000;
    private const int MostRows = 10_000;

    public static void Read(ReplyJson document, int pages, List<(int Page, LayoutPair Pair)> pairs, List<(int Page, LayoutTable Table)> tables)
    {
        pairs.AddRange(document.ItemsOf("SummaryFields").Select(field => Field.Read(field, pages)).Where(field => field.Value.Text.Length > 0)
            .Select(field => (field.Page, new LayoutPair(field.Name, field.Label, field.Value))));
        foreach (var group in document.ItemsOf("LineItemGroups"))
        {
            var rows = group["LineItems"].Items()
                .Select(item => item["LineItemExpenseFields"].Items().Select(field => Field.Read(field, pages)).Where(field => field.Type != "EXPENSE_ROW" && field.Value.Text.Length > 0).ToList())
                .Where(row => row.Count > 0).ToList();

            // Items may go on overleaf: each page has a table of its own.
            tables.AddRange(rows.GroupBy(row => row[0].Page).Select(page => (page.Key, Table(group, [.. page]))));
        }
    }

    private static LayoutTable Table(ReplyJson at, List<List<Field>> rows)
    {
        if (rows.Count >= MostRows)
        {
            throw at.Broken("fewer line items were expected");
        }

        var columns = new List<string>();
        var cells = new List<LayoutCell>();
        foreach (var (row, index) in rows.Select((row, index) => (row, index)))
        {
            // Of several fields of one type in a row each has its own column.
            foreach (var (column, field) in row.GroupBy(field => field.Column).SelectMany(same => same.Select((field, nth) => (nth == 0 ? same.Key : $"{same.Key} {nth + 1}", field))))
            {
                if (!columns.Contains(column))
                {
                    columns.Add(columns.Count < MostColumns ? column : throw at.Broken("fewer columns were expected"));
                }

                cells.Add(new(index + 1, columns.IndexOf(column), RowSpan: 1, ColumnSpan: 1, Header: false, field.Value));
            }
        }

        var boxes = cells.Select(cell => cell.Region.Box).OfType<Box>().ToList();
        var headers = columns.Select((name, column) => new LayoutCell(Row: 0, column, RowSpan: 1, ColumnSpan: 1, Header: true, new LayoutRegion(name, Box: null, Confidence: 1)));
        return new(rows.Count + 1, columns.Count, [.. headers, .. cells], boxes.Count == 0 ? new Box(0, 0, 1, 1) : Box.Around(boxes));
    }

    /// <param name="Type">The service's name, such as <c>TOTAL</c>; <c>OTHER</c> where it has none.</param>
    private sealed record Field(string Type, string? Name, int Page, LayoutRegion? Label, LayoutRegion Value)
    {
        public string Column => Type == "OTHER" && Label is { Text.Length: > 0 } ? Label.Text : Type;

        public static Field Read(ReplyJson field, int pages)
        {
            var type = field["Type"]["Text"].Text();
            var groups = field.ItemsOf("GroupProperties").SelectMany(group => group.ItemsOf("Types")).Select(group => group.Text()).Distinct().ToList();
            return new(
                type,
                type == "OTHER" ? null : groups.Count == 0 ? type : $"{string.Join('+', groups)}.{type}", // NAME alone would be the vendor's or the receiver's
                field.Find("PageNumber")?.Whole(1, pages) ?? 1,
                field.Find("LabelDetection") is { } label ? Region(label) : null,
                field.Find("ValueDetection") is { } value ? Region(value) : new("", Box: null, Confidence: 0));
        }

        private static LayoutRegion Region(ReplyJson detection) => new(
            detection.Find("Text")?.Text() ?? "",
            detection.Find("Geometry") is { } geometry ? Block.ReadBox(geometry) : null,
            detection["Confidence"].Fraction(of: 100));
    }
}
