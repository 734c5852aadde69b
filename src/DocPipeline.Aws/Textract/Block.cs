using DocPipeline.Documents;
using DocPipeline.Providers.Wire;

namespace DocPipeline.Aws.Textract;

/// <summary>One block of a reply, checked: a page, a line, a word, a cell ... Which members it has depends on its type.</summary>
/// <param name="Page">From 1; replies of one page leave it out.</param>
/// <param name="Confidence">0 to 1; null for pages and questions.</param>
/// <param name="Box">Always there for words, marks, tables, keys and values; null for questions.</param>
/// <param name="Row">From 0, for cells.</param>
/// <param name="Column">From 0, for cells.</param>
/// <param name="Name">For questions: the alias, or else the text.</param>
internal sealed record Block(
    string Id,
    string Type,
    int Page,
    string Text,
    double? Confidence,
    Box? Box,
    IReadOnlyList<(string Type, IReadOnlyList<string> Ids)> Relationships,
    IReadOnlyList<string> EntityTypes,
    int Row,
    int Column,
    int RowSpan,
    int ColumnSpan,
    bool Selected,
    string? Name)
{
    private const int MostRows = 10_000;
    private const int MostColumns = 1_000;

    public static Block Read(ReplyJson block, int pages)
    {
        var type = block["BlockType"].Text();
        var isCell = type is "CELL" or "MERGED_CELL";
        return new(
            block["Id"].Text(),
            type,
            Math.Max(1, block.Find("Page")?.Whole(0, pages) ?? 1), // AnalyzeID calls its only page 0
            type is "WORD" or "LINE" ? block["Text"].Text() : block.Find("Text")?.Text() ?? "",
            type is "WORD" ? block["Confidence"].Fraction(of: 100) : block.Find("Confidence")?.Fraction(of: 100),
            type is "WORD" or "SELECTION_ELEMENT" or "TABLE" or "KEY_VALUE_SET" ? ReadBox(block["Geometry"]) : block.Find("Geometry") is { } geometry ? ReadBox(geometry) : null,
            [.. block.ItemsOf("Relationships").Select(ReadRelationship)],
            [.. block.ItemsOf("EntityTypes").Select(entity => entity.Text())],
            isCell ? block["RowIndex"].Whole(1, MostRows) - 1 : 0,
            isCell ? block["ColumnIndex"].Whole(1, MostColumns) - 1 : 0,
            isCell ? block["RowSpan"].Whole(1, MostRows) : 1,
            isCell ? block["ColumnSpan"].Whole(1, MostColumns) : 1,
            type is "SELECTION_ELEMENT" && ReadSelection(block["SelectionStatus"]),
            type is "QUERY" ? block["Query"].Find("Alias")?.Text() ?? block["Query"]["Text"].Text() : null);
    }

    public static Box ReadBox(ReplyJson geometry)
    {
        var box = geometry["BoundingBox"];
        var (left, top) = (box["Left"].Number(), box["Top"].Number());
        return ReplyPlaces.Box(box, left, top, left + box["Width"].Number(), top + box["Height"].Number());
    }

    public IEnumerable<string> IdsOf(string relationship) => Relationships.Where(related => related.Type == relationship).SelectMany(related => related.Ids);

    private static (string Type, IReadOnlyList<string> Ids) ReadRelationship(ReplyJson relationship) =>
        (relationship["Type"].Text(), [.. relationship["Ids"].Items().Select(id => id.Text())]);

    private static bool ReadSelection(ReplyJson status) => status.Text() switch
    {
        "SELECTED" => true,
        "NOT_SELECTED" => false,
        _ => throw status.Broken("SELECTED or NOT_SELECTED was expected"),
    };
}
