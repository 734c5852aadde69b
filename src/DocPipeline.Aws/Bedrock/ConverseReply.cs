using System.Text.Json;
using DocPipeline.Providers;
using DocPipeline.Providers.Wire;

namespace DocPipeline.Aws.Bedrock;

/// <summary>What Converse answered, by type of content block; reasoning is passed over, and so is what a newer model may send beside an answer.</summary>
/// <param name="Texts">Text blocks in order.</param>
/// <param name="ToolInputs">Inputs of the tools that the model calls, as JSON.</param>
internal sealed record ConverseReply(string StopReason, IReadOnlyList<string> Texts, IReadOnlyList<(string Tool, string Input)> ToolInputs, ProviderUsage Usage)
{
    public static ConverseReply Read(string provider, string model, byte[] reply) => ReplyJson.Read(provider, reply, json =>
    {
        var usage = new ProviderUsage(provider, model, ReadUsage(json["usage"]));
        return Charged.Read(usage, () =>
        {
            var blocks = json["output"]["message"]["content"].Items().ToList();
            return new ConverseReply(
                json["stopReason"].Text(),
                [.. blocks.Select(block => block.Find("text")).OfType<ReplyJson>().Select(text => text.Text())],
                [.. blocks.Select(block => block.Find("toolUse")).OfType<ReplyJson>().Select(tool => (tool["name"].Text(), tool["input"].Raw()))],
                usage);
        });
    });

    /// <summary>The answer as JSON.</summary>
    /// <exception cref="ProviderRefusal">There is none: cut off, declined, or not of the form. It says what was consumed.</exception>
    public string AnswerOf(AnswerForm form) => Charged.Read(Usage, () =>
    {
        switch (StopReason)
        {
            case "end_turn" or "tool_use" or "stop_sequence":
                break;

            case "max_tokens":
                throw new ProviderRefusal(RefusalKind.BadReply, Usage.Provider, "The answer of the model on Bedrock was cut off: it needs more than the tokens it was given.");

            case "model_context_window_exceeded":
                throw new ProviderRefusal(RefusalKind.Unsupported, Usage.Provider, "The question is longer than the model on Bedrock can read.");

            case "guardrail_intervened" or "content_filtered" or "refusal":
                throw new ProviderRefusal(RefusalKind.Declined, Usage.Provider, "The model on Bedrock, or a guardrail in front of it, declined to answer.");

            default:
                throw ReplyJson.Broken(Usage.Provider, "'stopReason' is none that stands for an answer");
        }

        return form switch
        {
            AnswerForm.JsonSchema => Object(string.Concat(Texts).Trim()),
            AnswerForm.Text => Object(WithoutWrapping(string.Concat(Texts))),
            _ => FromTool(),
        };
    });

    private string FromTool() => ToolInputs is [{ Tool: ConverseRequest.AnswerName } answer]
        ? Object(answer.Input)
        : throw ReplyJson.Broken(Usage.Provider, "the model did not call the tool that takes the answer, once");

    // Models that are only asked for JSON like to put it into a fence, or to think aloud first.
    private static string WithoutWrapping(string text) => text.IndexOf('{', StringComparison.Ordinal) is >= 0 and var start && text.LastIndexOf('}') is var end && end > start ? text[start..(end + 1)] : text;

    private string Object(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 64, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return json;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // said below: the parser's message would quote the answer
        }

        throw ReplyJson.Broken(Usage.Provider, "the answer is not a JSON object");
    }

    private static Dictionary<string, decimal> ReadUsage(ReplyJson usage) => new(StringComparer.Ordinal)
    {
        [ProviderUnits.InputToken] = usage["inputTokens"].Whole(0, int.MaxValue),
        [ProviderUnits.OutputToken] = usage["outputTokens"].Whole(0, int.MaxValue),
        [ProviderUnits.CachedInputToken] = usage.Find("cacheReadInputTokens")?.Whole(0, int.MaxValue) ?? 0,
        [ProviderUnits.CacheWriteToken] = usage.Find("cacheWriteInputTokens")?.Whole(0, int.MaxValue) ?? 0,
    };
}
