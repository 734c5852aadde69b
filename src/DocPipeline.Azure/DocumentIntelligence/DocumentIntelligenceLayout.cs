using DocPipeline.Documents;
using DocPipeline.Providers;
using DocPipeline.Providers.Wire;

namespace DocPipeline.Azure.DocumentIntelligence;

/// <summary>Translates a result into the neutral form (Document Intelligence REST API, AnalyzeResult).</summary>
internal sealed class DocumentIntelligenceLayout
{
    public const int MostRows = 10_000;
    public const int MostColumns = 1_000;

    private readonly IReadOnlyList<AnalyzedPage> _pages;

    private DocumentIntelligenceLayout(IReadOnlyList<AnalyzedPage> pages) => _pages = pages;

    /// <exception cref="ProviderRefusal">It is not a result, or not of all pages.</exception>
    public static IReadOnlyList<PageLayout> Of(ReplyJson result, IReadOnlyList<PageSize> sizes, string source)
    {
        var pages = result["pages"].Items().Select(AnalyzedPage.Read).ToList();
        if (pages.Count < sizes.Count)
        {
            throw result.Broken($"it has read {pages.Count} pages of {sizes.Count} (the free tier reads two, and says nothing: a paid one is needed)");
        }

        if (!pages.Select(page => page.Number).SequenceEqual(Enumerable.Range(1, sizes.Count)))
        {
            throw result.Broken("the pages that were sent were expected, in order");
        }

        var layout = new DocumentIntelligenceLayout(pages);
        var fields = new DocumentFields(layout);
        foreach (var document in result.ItemsOf("documents"))
        {
            fields.Read(document["fields"]);
        }

        var tables = result.ItemsOf("tables").SelectMany(layout.Tables).Concat(fields.Tables).ToLookup(table => table.Page, table => table.Table);
        var pairs = result.ItemsOf("keyValuePairs").Select(layout.Pair).Concat(fields.Pairs).ToLookup(pair => pair.Page, pair => pair.Pair);
        var paragraphs = result.ItemsOf("paragraphs").Select(layout.Paragraph).ToLookup(paragraph => paragraph.Page, paragraph => paragraph.Paragraph);
        return [.. pages.Select((page, index) => new PageLayout(
            new Page(page.Number, sizes[index].Width, sizes[index].Height, source, page.Words),
            [.. tables[page.Number]],
            [.. pairs[page.Number]],
            page.Marks,
            [.. fields.Signatures.Where(signature => signature.Page == page.Number).Select(signature => signature.Region)],
            [.. paragraphs[page.Number]]))];
    }

    /// <summary>An element with its page. What is on no page is on the first, without a box.</summary>
    /// <param name="confidence">The service's own; null: that of the least sure word.</param>
    public (int Page, LayoutRegion Region) Region(ReplyJson element, double? confidence)
    {
        var (number, box) = PlaceOf(element);
        return (number, new(
            WithoutMarks(element.Find("content")?.Text() ?? ""),
            box,
            confidence ?? _pages[number - 1].LeastConfidence(element) ?? 1));
    }

    private (int Page, Box? Box) PlaceOf(ReplyJson element)
    {
        var regions = element.ItemsOf("boundingRegions").Select(region => (Number: region["pageNumber"].Whole(1, _pages.Count), Polygon: region["polygon"])).ToList();
        if (regions.Count == 0)
        {
            return (1, null);
        }

        // What goes on overleaf is where it begins.
        var number = regions[0].Number;
        var page = _pages[number - 1];
        return (number, Box.Around(regions.Where(region => region.Number == number).Select(region => ReplyPlaces.Box(region.Polygon, page.Width, page.Height))));
    }

    // A table that goes on overleaf is one for each page, with the rows that it has there.
    private IEnumerable<(int Page, LayoutTable Table)> Tables(ReplyJson table)
    {
        var (rows, columns) = (table["rowCount"].Whole(1, MostRows), table["columnCount"].Whole(1, MostColumns));
        var (first, box) = PlaceOf(table);
        var cells = table["cells"].Items().Select(cell =>
        {
            var (page, region) = Region(cell, confidence: null);
            var (row, column) = (cell["rowIndex"].Whole(0, rows - 1), cell["columnIndex"].Whole(0, columns - 1));
            return (Page: region.Box is null ? first : page, Cell: new LayoutCell(
                row,
                column,
                cell.Find("rowSpan")?.Whole(1, rows - row) ?? 1,
                cell.Find("columnSpan")?.Whole(1, columns - column) ?? 1,
                cell.Find("kind")?.Text() is "columnHeader" or "stubHead",
                region));
        }).ToList();
        return cells.GroupBy(cell => cell.Page, cell => cell.Cell).Select(page => (page.Key, new LayoutTable(
            rows,
            columns,
            [.. page],
            page.Key == first && box is { } whole ? whole : Around(page.Select(cell => cell.Region.Box)))));
    }

    private (int Page, LayoutPair Pair) Pair(ReplyJson pair)
    {
        var confidence = pair["confidence"].Fraction();
        var (page, label) = Region(pair["key"], confidence);
        if (pair.Find("value") is not { } value)
        {
            return (page, new(Name: null, label, new("", Box: null, confidence)));
        }

        return (page, new(Name: null, label, Region(value, confidence).Region, MarkOf(value.Find("content")?.Text() ?? "")));
    }

    private (int Page, LayoutParagraph Paragraph) Paragraph(ReplyJson paragraph)
    {
        var (page, region) = Region(paragraph, confidence: null);
        return (page, new(paragraph.Find("role")?.Text() switch
        {
            "title" => ParagraphRoles.Title,
            "sectionHeading" => ParagraphRoles.SectionHeading,
            "pageHeader" => ParagraphRoles.PageHeader,
            "pageFooter" => ParagraphRoles.PageFooter,
            "pageNumber" => ParagraphRoles.PageNumber,
            "footnote" => ParagraphRoles.Footnote,
            _ => ParagraphRoles.Text,
        }, region));
    }

    /// <summary>The box around boxes; the whole page where there are none.</summary>
    public static Box Around(IEnumerable<Box?> boxes) => boxes.OfType<Box>().ToList() is { Count: > 0 } known ? Box.Around(known) : new(0, 0, 1, 1);

    // The service writes a check box into the text of what it stands in.
    private static string WithoutMarks(string content) =>
        content.Contains(":selected:", StringComparison.Ordinal) || content.Contains(":unselected:", StringComparison.Ordinal)
            ? string.Join(' ', content.Replace(":selected:", " ", StringComparison.Ordinal).Replace(":unselected:", " ", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            : content;

    private static bool? MarkOf(string content) => content.Trim() switch
    {
        ":selected:" => true,
        ":unselected:" => false,
        _ => null,
    };
}
