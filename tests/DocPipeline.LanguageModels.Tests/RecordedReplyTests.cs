using System.Text.Json;
using System.Text.Json.Nodes;
using DocPipeline.Providers;
using DocPipeline.Testing;
using DocPipeline.Testing.Wire;
using DocPipeline.Workflow;

namespace DocPipeline.LanguageModels.Tests;

/// <summary>Every recorded reply comes out as what it is: the text and tokens that it has, or the right failure. None is skipped.</summary>
public sealed class RecordedReplyTests
{
    private const string AnyObject = """{"type":"object"}""";

    [Theory]
    [InlineData("anthropic")]
    [InlineData("openai")]
    public async Task Every_recorded_reply_is_read_as_what_it_is(string provider)
    {
        var seen = 0;
        foreach (var (file, number, response) in Recordings.RepliesOf(provider))
        {
            var (status, body) = ((int)response["status"]!, response["body"]!);
            var (reply, failure, requests) = await Ask.OnceAsync(provider, settings => settings, Ask.Question(AnyObject), new ScriptedReply(status, body.ToJsonString()) { Headers = HeadersOf(response) });

            var place = $"{file}[{number}]";
            Assert.Single(requests);
            if (status != 200)
            {
                Assert.True(status is 429 or >= 500 ? failure is TransientFailure : failure is ProviderRefusal { Kind: RefusalKind.Misconfigured }, $"{place}: {failure}");
            }
            else if (TextOf(provider, body) is { } text && IsObject(text))
            {
                Assert.True(reply is not null, $"{place}: {failure}");
                Assert.Equal(text, reply.Json);
                Assert.Equal(TokensOf(provider, body), (reply.Usage.Units[ProviderUnits.InputToken], reply.Usage.Units[ProviderUnits.CachedInputToken], reply.Usage.Units[ProviderUnits.OutputToken]));
            }
            else
            {
                Assert.True(failure is ProviderRefusal { Kind: RefusalKind.BadReply, InnerException: null }, $"{place}: {failure}");
            }

            seen++;
        }

        Assert.True(seen >= 5, $"only {seen} replies");
    }

    /// <summary>The text of a reply that ended by itself; null for one that calls a tool.</summary>
    private static string? TextOf(string provider, JsonNode body) => provider == "anthropic"
        ? (string)body["stop_reason"]! == "end_turn" ? string.Concat(body["content"]!.AsArray().Where(block => (string)block!["type"]! == "text").Select(block => (string)block!["text"]!)) : null
        : (string)body["choices"]![0]!["finish_reason"]! == "stop" ? (string)body["choices"]![0]!["message"]!["content"]! : null;

    private static (decimal, decimal, decimal) TokensOf(string provider, JsonNode body)
    {
        var usage = body["usage"]!;
        return provider == "anthropic"
            ? ((decimal)usage["input_tokens"]!, (decimal)usage["cache_read_input_tokens"]!, (decimal)usage["output_tokens"]!)
            : ((decimal)usage["prompt_tokens"]! - (decimal)usage["prompt_tokens_details"]!["cached_tokens"]!, (decimal)usage["prompt_tokens_details"]!["cached_tokens"]!, (decimal)usage["completion_tokens"]!);
    }

    private static bool IsObject(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Dictionary<string, string> HeadersOf(JsonNode response) => response["headers"]!.AsObject()
        .Where(header => header.Key is not ("content-length" or "transfer-encoding" or "connection" or "content-encoding"))
        .ToDictionary(header => header.Key, header => header.Value!.ToString());
}
