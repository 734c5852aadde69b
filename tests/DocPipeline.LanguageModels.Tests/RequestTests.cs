using System.Text.Json.Nodes;
using DocPipeline.Providers;
using DocPipeline.Testing;
using DocPipeline.Testing.Wire;

namespace DocPipeline.LanguageModels.Tests;

/// <summary>What we send is what the services' official SDKs send for the same question, where that does not change from version to version.</summary>
public sealed class RequestTests
{
    private static readonly ModelPicture Picture = new("image/png", 1, 1, Convert.FromBase64String("iVBORw=="));

    [Fact]
    public async Task Anthropic_is_asked_by_schema_with_cached_instructions_and_nothing_that_it_refuses()
    {
        var (body, request) = await SentAsync("anthropic", Ask.Question());
        var recorded = Recordings.Requests("anthropic.messages.output-format")[0];
        var cached = Recordings.Requests("anthropic.messages.create")[0]["body"]!;

        Assert.Equal(((string)recorded["method"]!, (string)recorded["path"]!), (request.Method, request.Path));
        Assert.True(JsonNode.DeepEquals(recorded["body"]!["output_config"]!["format"]!["type"], body["output_config"]!["format"]!["type"]));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Ask.Schema), body["output_config"]!["format"]!["schema"]));
        Assert.True(JsonNode.DeepEquals(cached["system"], body["system"]), body["system"]!.ToJsonString());
        Assert.Equal("user", (string)body["messages"]![0]!["role"]!);
        Assert.Equal("Bearer a-key", request.Headers["authorization"]);
        Assert.Equal((string)recorded["headers"]!["anthropic-version"]!, request.Headers["anthropic-version"]);
        Assert.Equal(["max_tokens", "messages", "model", "output_config", "system"], body.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Anthropic_gets_a_picture_as_the_recorded_request_has_it()
    {
        var (body, _) = await SentAsync("anthropic", Ask.Question() with { Picture = Picture });
        var recorded = Recordings.Requests("anthropic.messages.create")[0]["body"]!["messages"]![0]!["content"]!.AsArray().Single(block => (string)block!["type"]! == "image");

        Assert.True(JsonNode.DeepEquals(recorded, body["messages"]![0]!["content"]![0]), body.ToJsonString());
    }

    [Fact]
    public async Task A_picture_says_of_what_kind_it_is()
    {
        var jpeg = Ask.Question() with { Picture = new("image/jpeg", 1, 1, new byte[] { 0xFF, 0xD8, 0xFF }) };

        var (anthropic, _) = await SentAsync("anthropic", jpeg);
        var (openai, _) = await SentAsync("openai", jpeg);

        Assert.Equal("image/jpeg", (string)anthropic["messages"]![0]!["content"]![0]!["source"]!["media_type"]!);
        Assert.Equal("data:image/jpeg;base64,/9j/", (string)openai["messages"]![1]!["content"]![1]!["image_url"]!["url"]!);
    }

    [Fact]
    public async Task OpenAI_is_asked_by_schema_as_the_recorded_request_is()
    {
        var (body, request) = await SentAsync("openai", Ask.Question() with { Picture = Picture });
        var recorded = Recordings.Requests("openai.chat.completions.json_schema")[0];

        Assert.Equal(((string)recorded["method"]!, (string)recorded["path"]!), (request.Method, request.Path));
        Assert.Equal("Bearer a-key", request.Headers["authorization"]);
        Assert.True(JsonNode.DeepEquals(recorded["body"]!["messages"]![1], body["messages"]![1]), body["messages"]!.ToJsonString());
        Assert.Equal("You extract fields.", body["messages"]![0]!["content"] is JsonArray parts ? (string)parts[0]!["text"]! : (string)body["messages"]![0]!["content"]!);
        Assert.Equal("json_schema", (string)body["response_format"]!["type"]!);
        Assert.True((bool)body["response_format"]!["json_schema"]!["strict"]!);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Ask.Schema), body["response_format"]!["json_schema"]!["schema"]));
        Assert.Equal(512, (int)body["max_completion_tokens"]!);
        Assert.Equal(["max_completion_tokens", "messages", "model", "response_format"], body.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_key_header_replaces_the_standard_one_and_no_key_sends_none()
    {
        var (_, azure) = await SentAsync("openai", Ask.Question(), settings => settings with { KeyHeader = "api-key" });
        var (_, local) = await SentAsync("openai", Ask.Question(), settings => settings with { Key = null });

        Assert.Equal("a-key", azure.Headers["api-key"]);
        Assert.DoesNotContain("authorization", azure.Headers.Keys);
        Assert.DoesNotContain("authorization", local.Headers.Keys);
    }

    private static async Task<(JsonNode Body, ScriptedRequest Request)> SentAsync(string provider, ModelQuestion question, Func<ModelSettings, ModelSettings>? configure = null)
    {
        var (reply, failure, requests) = await Ask.OnceAsync(provider, configure ?? (settings => settings), question, new ScriptedReply(200, Ask.Reply(provider, """{"total":1}""")));
        Assert.True(reply is not null, failure?.ToString());
        return (JsonNode.Parse(requests.Single().Body)!, requests.Single());
    }
}
