using DocPipeline.Documents;
using DocPipeline.Providers;
using DocPipeline.Providers.Wire;

namespace DocPipeline.Aws.Textract;

/// <summary>Translates blocks into the neutral form (Textract Developer Guide, "Text Detection and Document Analysis Response Objects").</summary>
internal static class TextractLayout
{
    /// <summary>One page.</summary>
    /// <param name="page">Number in the reply, from 1.</param>
    /// <param name="number">Number in our file, from 1.</param>
    public static PageLayout Of(BlockSet blocks, int page, int number, PageSize size, string source)
    {
        var here = blocks.On(page);
        return new(
            new Page(number, size.Width, size.Height, source, [.. OfType("WORD").SelectMany(word => ReplyPlaces.Words(word.Text, word.Box!.Value, word.Confidence!.Value))]),
            [.. OfType("TABLE").Select(table => Table(blocks, table)).OfType<LayoutTable>()],
            [.. OfType("KEY_VALUE_SET").Where(block => block.EntityTypes.Contains("KEY")).Select(key => Pair(blocks, key)), .. OfType("QUERY").SelectMany(query => Answers(blocks, query))],
            [.. OfType("SELECTION_ELEMENT").Select(mark => new LayoutMark(mark.Selected, mark.Box!.Value, mark.Confidence ?? 1))],
            [.. OfType("SIGNATURE").Select(blocks.RegionOf)],
            [.. Paragraphs(blocks, here)]);

        IEnumerable<Block> OfType(string type) => here.Where(block => block.Type == type);
    }

    private static LayoutTable? Table(BlockSet blocks, Block table)
    {
        var merged = blocks.Related(table, "MERGED_CELL").ToList();
        var parts = merged.SelectMany(cell => blocks.Related(cell, "CHILD")).Select(cell => cell.Id).ToHashSet(StringComparer.Ordinal);
        var cells = blocks.Related(table, "CHILD").Where(cell => !parts.Contains(cell.Id)).Concat(merged).OrderBy(cell => cell.Row).ThenBy(cell => cell.Column)
            .Select(cell => new LayoutCell(cell.Row, cell.Column, cell.RowSpan, cell.ColumnSpan, cell.EntityTypes.Contains("COLUMN_HEADER"), blocks.RegionOf(cell))).ToList();
        return cells.Count == 0 ? null : new(cells.Max(cell => cell.Row + cell.RowSpan), cells.Max(cell => cell.Column + cell.ColumnSpan), cells, table.Box!.Value);
    }

    private static LayoutPair Pair(BlockSet blocks, Block key)
    {
        var values = blocks.Related(key, "VALUE").ToList();
        var marks = values.SelectMany(value => blocks.Related(value, "CHILD")).Where(child => child.Type == "SELECTION_ELEMENT").ToList();
        var value = values.Count == 0
            ? new LayoutRegion("", Box: null, key.Confidence ?? 1)
            : new LayoutRegion(
                string.Join(' ', values.Select(blocks.TextOf).Where(text => text.Length > 0)),
                Box.Around(values.Select(block => block.Box!.Value)),
                values.Min(block => block.Confidence ?? 1));
        return new(Name: null, blocks.RegionOf(key), value, marks.Count == 1 ? marks[0].Selected : null);
    }

    // A question without an answer has none: nothing stands for it.
    private static IEnumerable<LayoutPair> Answers(BlockSet blocks, Block query) =>
        blocks.Related(query, "ANSWER").Select(answer => new LayoutPair(query.Name, Label: null, blocks.RegionOf(answer)));

    private static IEnumerable<LayoutParagraph> Paragraphs(BlockSet blocks, IReadOnlyList<Block> here)
    {
        var inLists = here.Where(block => block.Type == "LAYOUT_LIST").SelectMany(list => list.IdsOf("CHILD")).ToHashSet(StringComparer.Ordinal);
        return from block in here
               where !inLists.Contains(block.Id)
               let role = RoleOf(block.Type)
               where role is not null
               select new LayoutParagraph(role, blocks.RegionOf(block));
    }

    private static string? RoleOf(string type) => type switch
    {
        "LAYOUT_TITLE" => ParagraphRoles.Title,
        "LAYOUT_SECTION_HEADER" => ParagraphRoles.SectionHeading,
        "LAYOUT_HEADER" => ParagraphRoles.PageHeader,
        "LAYOUT_FOOTER" => ParagraphRoles.PageFooter,
        "LAYOUT_PAGE_NUMBER" => ParagraphRoles.PageNumber,
        "LAYOUT_LIST" => ParagraphRoles.List,
        "LAYOUT_TABLE" => ParagraphRoles.Table,
        "LAYOUT_KEY_VALUE" => ParagraphRoles.Pairs,
        "LAYOUT_FIGURE" => ParagraphRoles.Figure,
        "LAYOUT_TEXT" => ParagraphRoles.Text,
        _ => null,
    };
}
