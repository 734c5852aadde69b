using System.Text.Json.Nodes;
using DocPipeline.Testing.Services;

namespace DocPipeline.EndToEnd.Tests.Providers;

/// <summary>A resource of Document Intelligence whose pages all have the same lines, written by hand after its documented replies.</summary>
internal static class DocumentIntelligenceDouble
{
    private const string Result = "/documentintelligence/documentModels/prebuilt-read/analyzeResults/0d2b1a7e-0000-4000-8000-000000000001";

    /// <param name="address">Its own, which it names as the place of results.</param>
    public static StubReply Answer(StubRequest request, Uri address, params string[] lines) => request.Method switch
    {
        "POST" => StubReply.Empty(202).With("Operation-Location", new Uri(address, $"{Result}?api-version=2024-11-30").ToString()).With("Retry-After", "0"),
        "DELETE" => StubReply.Empty(204),
        _ => StubReply.Json(new JsonObject
        {
            ["status"] = "succeeded",
            ["analyzeResult"] = new JsonObject
            {
                ["apiVersion"] = "2024-11-30",
                ["modelId"] = "prebuilt-read",
                ["stringIndexType"] = "utf16CodeUnit",
                ["content"] = string.Join('\n', lines),
                ["pages"] = new JsonArray(Page(lines)),
            },
        }.ToJsonString()),
    };

    private static JsonObject Page(string[] lines)
    {
        var words = new JsonArray();
        var offset = 0;
        foreach (var (row, line) in lines.Index())
        {
            foreach (var (column, word) in line.Split(' ').Index())
            {
                double x = 100 + (column * 120), y = 100 + (row * 40);
                words.Add(new JsonObject
                {
                    ["content"] = word,
                    ["polygon"] = new JsonArray(x, y, x + 100, y, x + 100, y + 20, x, y + 20),
                    ["confidence"] = 0.995,
                    ["span"] = new JsonObject { ["offset"] = offset, ["length"] = word.Length },
                });
                offset += word.Length + 1;
            }
        }

        return new() { ["pageNumber"] = 1, ["angle"] = 0, ["width"] = 1000, ["height"] = 1000, ["unit"] = "pixel", ["words"] = words, ["spans"] = new JsonArray(new JsonObject { ["offset"] = 0, ["length"] = offset }) };
    }
}
