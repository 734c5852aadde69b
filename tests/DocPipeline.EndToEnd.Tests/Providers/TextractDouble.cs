using System.Text.Json.Nodes;
using DocPipeline.Testing.Services;

namespace DocPipeline.EndToEnd.Tests.Providers;

/// <summary>What Textract says, written by hand after its documented replies.</summary>
internal static class TextractDouble
{
    public static StubReply Throttled => StubReply.Json("""{"__type":"ProvisionedThroughputExceededException","message":"Rate exceeded"}""", 400);

    public static StubReply Denied => StubReply.Json("""{"__type":"AccessDeniedException","Message":"User is not authorized to perform: textract:DetectDocumentText"}""", 400);

    public static StubReply Down => StubReply.Json("""{"__type":"InternalServerError"}""", 503);

    public static StubReply Wrong => StubReply.Json("""{"Blocks":"none of your business"}""");

    public static StubReply Silent => StubReply.Empty(200).Delivered(Delivery.Never);

    /// <summary>A page with these lines, one below the other.</summary>
    public static StubReply Page(params string[] lines)
    {
        var blocks = new JsonArray();
        var lineIds = new JsonArray();
        foreach (var (row, line) in lines.Index())
        {
            var wordIds = new JsonArray();
            var words = line.Split(' ');
            foreach (var (column, word) in words.Index())
            {
                wordIds.Add($"w{row}-{column}");
                blocks.Add(Block("WORD", $"w{row}-{column}", word, 0.1 + (column * 0.12), 0.1 + (row * 0.04), 0.1));
            }

            lineIds.Add($"l{row}");
            var block = Block("LINE", $"l{row}", line, 0.1, 0.1 + (row * 0.04), 0.12 * words.Length);
            block["Relationships"] = Children(wordIds);
            blocks.Add(block);
        }

        var page = Block("PAGE", "p", text: null, 0, 0, 1);
        page["Relationships"] = Children(lineIds);
        blocks.Insert(0, page);
        return StubReply.Json(new JsonObject { ["DetectDocumentTextModelVersion"] = "1.0", ["DocumentMetadata"] = new JsonObject { ["Pages"] = 1 }, ["Blocks"] = blocks }.ToJsonString());
    }

    /// <summary>A page of FORMS with these pairs, in a place where no document has anything: what they say is found by its words.</summary>
    public static StubReply Form(params (string Label, string Value)[] pairs)
    {
        var blocks = new JsonArray(Block("PAGE", "p", text: null, 0, 0, 1));
        foreach (var (row, (label, value)) in pairs.Index())
        {
            var top = 0.95 + (row * 0.01);
            blocks.Add(Set($"k{row}", "KEY", top, ("VALUE", [$"v{row}"]), ("CHILD", [$"kw{row}"])));
            blocks.Add(Block("WORD", $"kw{row}", label, 0.9, top, 0.04));
            blocks.Add(Set($"v{row}", "VALUE", top, ("CHILD", [$"vw{row}"])));
            blocks.Add(Block("WORD", $"vw{row}", value, 0.95, top, 0.04));
        }

        return StubReply.Json(new JsonObject { ["AnalyzeDocumentModelVersion"] = "1.0", ["DocumentMetadata"] = new JsonObject { ["Pages"] = 1 }, ["Blocks"] = blocks }.ToJsonString());
    }

    private static JsonObject Set(string id, string entity, double top, params (string Type, JsonArray Ids)[] related)
    {
        var block = Block("KEY_VALUE_SET", id, text: "", 0.9, top, 0.09);
        block["EntityTypes"] = new JsonArray(entity);
        block["Relationships"] = new JsonArray([.. related.Select(relation => new JsonObject { ["Type"] = relation.Type, ["Ids"] = relation.Ids })]);
        return block;
    }

    private static JsonArray Children(JsonArray ids) => [new JsonObject { ["Type"] = "CHILD", ["Ids"] = ids }];

    private static JsonObject Block(string type, string id, string? text, double left, double top, double width)
    {
        var block = new JsonObject
        {
            ["BlockType"] = type,
            ["Id"] = id,
            ["Geometry"] = new JsonObject
            {
                ["BoundingBox"] = new JsonObject { ["Left"] = left, ["Top"] = top, ["Width"] = width, ["Height"] = text is null ? 1 : 0.02 },
                ["Polygon"] = new JsonArray(),
            },
        };
        if (text is not null)
        {
            block["Text"] = text;
            block["Confidence"] = 99.5;
        }

        return block;
    }
}
