using DocPipeline.Providers;
using DocPipeline.Testing.Wire;

namespace DocPipeline.LanguageModels.Tests;

/// <summary>Asking a model that answers by a script.</summary>
internal static class Ask
{
    public const string Schema = """{"type":"object","additionalProperties":false,"required":["total"],"properties":{"total":{"type":"number"}}}""";

    public static ModelQuestion Question(string schema = Schema) => new("You extract fields.", "Extract.", schema, Picture: null, 512);

    public static ModelSettings Settings(string provider, ScriptedServer server) => new(provider, "a-model", provider == "openai" ? new Uri(server.Address, "v1") : server.Address, "a-key")
    {
        Deadline = TimeSpan.FromSeconds(20),
    };

    public static ILanguageModel Model(ModelSettings settings) => settings.Provider == "anthropic" ? new AnthropicModel(settings) : new OpenAiModel(settings);

    /// <summary>A good reply of the provider with this text.</summary>
    public static string Reply(string provider, string text, string? stop = null) => provider == "anthropic"
        ? $$$"""{"id":"m","type":"message","role":"assistant","model":"a-model","content":[{"type":"text","text":{{{Json(text)}}}}],"stop_reason":"{{{stop ?? "end_turn"}}}","stop_sequence":null,"usage":{"input_tokens":90,"output_tokens":7,"cache_read_input_tokens":40,"cache_creation_input_tokens":20}}"""
        : $$$"""{"id":"c","object":"chat.completion","created":1,"model":"a-model","choices":[{"index":0,"message":{"role":"assistant","content":{{{Json(text)}}},"refusal":null},"finish_reason":"{{{stop ?? "stop"}}}"}],"usage":{"prompt_tokens":130,"completion_tokens":7,"total_tokens":137,"prompt_tokens_details":{"cached_tokens":40} } }""";

    public static string Json(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    /// <summary>Asks a server that gives these replies one after the other, and no more of them.</summary>
    public static async Task<(ModelReply? Reply, Exception? Failure, IReadOnlyList<ScriptedRequest> Requests)> OnceAsync(
        string provider, Func<ModelSettings, ModelSettings> configure, ModelQuestion question, params ScriptedReply[] replies)
    {
        var next = 0;
        await using var server = new ScriptedServer(_ => next < replies.Length ? replies[next++] : null);
        var model = Model(configure(Settings(provider, server)));
        using var disposable = (IDisposable)model;
        try
        {
            return (await model.AskAsync(question, TestContext.Current.CancellationToken), null, server.Requests);
        }
        catch (Exception exception)
        {
            return (null, exception, server.Requests);
        }
    }
}
