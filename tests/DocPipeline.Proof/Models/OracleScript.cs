using System.Text.Json;
using System.Text.Json.Nodes;
using DocPipeline.Extract.Readers;
using DocPipeline.Proof.Injection;
using DocPipeline.Testing.Wire;

namespace DocPipeline.Proof.Models;

/// <summary>
/// The script of an OpenAI-compatible server whose model knows the truth of the paper in hand and says it where it stands on the page: an upper bound of what any model can do here, and no measurement of one.
/// Anything but a question in JSON by schema is an unexpected call.
/// </summary>
internal sealed class OracleScript
{
    private const int LongestValue = 8;

    private int _calls;

    /// <summary>Of the paper that is being read: values by field.</summary>
    public IReadOnlyDictionary<string, string> Truth { get; set; } = new Dictionary<string, string>();

    public int Calls => _calls;

    public ScriptedReply? Answer(ScriptedRequest request)
    {
        if (request is not { Method: "POST", Path: "/v1/chat/completions" })
        {
            return null;
        }

        Interlocked.Increment(ref _calls);
        var body = JsonNode.Parse(request.Body)!;
        if ((string?)body["response_format"]?["type"] != "json_schema" || body["tools"] is not null)
        {
            return null;
        }

        var material = MaterialOf(request);
        var answers = new JsonObject { ["answers"] = new JsonArray([.. material["questions"]!.AsArray().Select(asked => (JsonNode)Answer(asked!, material))]) };
        return new(200, Reply(answers.ToJsonString(), request.Body.Length / 4));
    }

    /// <summary>What a question is about; a picture may stand beside it.</summary>
    public static JsonNode MaterialOf(ScriptedRequest request) => JsonNode.Parse(
        JsonNode.Parse(request.Body)!["messages"]![1]!["content"]! is JsonArray parts ? (string)parts.Single(part => (string)part!["type"]! == "text")!["text"]! : (string)JsonNode.Parse(request.Body)!["messages"]![1]!["content"]!)!;

    private JsonObject Answer(JsonNode asked, JsonNode material)
    {
        if (!Truth.TryGetValue((string)asked["field"]!, out var truth))
        {
            return Shown.Answer(asked, "absent");
        }

        var candidate = asked["candidates"]!.AsArray().Index().Where(choice => Same((string)choice.Item!["value"]!, truth)).Select(choice => choice.Index + 1).FirstOrDefault();
        if (candidate > 0)
        {
            return Shown.Answer(asked, "candidate", candidate);
        }

        var type = Enum.Parse<FieldType>((string)asked["kind"]!);
        var lines = material["lines"]!.AsArray().Select(line => line!["words"]!.AsArray().Select(word => (Number: (int)word![0]!, Text: (string)word[1]!)).ToList()).ToList();
        for (var count = 1; count <= LongestValue; count++)
        {
            foreach (var span in lines.SelectMany(line => Enumerable.Range(0, Math.Max(0, line.Count - count + 1)).Select(start => line.GetRange(start, count))))
            {
                var text = string.Join(' ', span.Select(word => word.Text));
                if (FieldReaders.Read(type, text, new(DateOrder.Undecided, DecimalStyle.Undecided, 2026)) is { } reading && (Same(reading.Value, truth) || reading.Alternatives.Any(other => Same(other, truth))))
                {
                    return Shown.Answer(asked, "words", 0, [.. span.Select(word => word.Number)], text);
                }
            }
        }

        return Shown.Answer(asked, "absent");
    }

    private static bool Same(string a, string b) => Key(a) == Key(b);

    private static string Key(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static string Reply(string text, int promptTokens) => new JsonObject
    {
        ["id"] = "chatcmpl-scripted",
        ["object"] = "chat.completion",
        ["created"] = 1,
        ["model"] = "oracle",
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["finish_reason"] = "stop", ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = text, ["refusal"] = null } }),
        ["usage"] = new JsonObject { ["prompt_tokens"] = promptTokens, ["completion_tokens"] = text.Length / 4, ["total_tokens"] = promptTokens + (text.Length / 4), ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = 0 } },
    }.ToJsonString(JsonSerializerOptions.Default);
}
