using System.ClientModel;
using System.ClientModel.Primitives;
using DocPipeline.Providers;
using DocPipeline.Workflow;
using OpenAI;
using OpenAI.Chat;

namespace DocPipeline.LanguageModels;

/// <summary>OpenAI, and every server that speaks its chat protocol: Azure OpenAI, Ollama, vLLM, llama.cpp.</summary>
public sealed class OpenAiModel : ILanguageModel, IProbedProvider, IDisposable
{
    private const string SchemaName = "answer";

    private readonly ModelSettings _settings;
    private readonly HttpClient _http;
    private readonly ChatClient _client;

    public OpenAiModel(ModelSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
        _http = ModelWire.Client(settings);
        _client = new(
            settings.Model,
            // The SDK wants a key; where there is none, the wire takes the header away again.
            new ApiKeyCredential(settings.Key ?? "none"),
            new OpenAIClientOptions
            {
                Endpoint = settings.Endpoint,
                Transport = new HttpClientPipelineTransport(_http),
                RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
                NetworkTimeout = Timeout.InfiniteTimeSpan,
            });
    }

    public string Provider => _settings.Provider;

    public string Model => _settings.Model;

    public bool SeesPictures => _settings.SeesPictures;

    public Task<ModelReply> AskAsync(ModelQuestion question, CancellationToken cancellationToken) =>
        ModelWire.WithinDeadlineAsync(_settings, token => _settings.KnowsSchemas ? BySchemaAsync(question, token) : ByCheckingAsync(question, token), cancellationToken);

    public Task<ProviderProbe> ProbeAsync(CancellationToken cancellationToken) => ModelProbe.TryAsync(this, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<ModelReply> BySchemaAsync(ModelQuestion question, CancellationToken cancellationToken)
    {
        var format = ChatResponseFormat.CreateJsonSchemaFormat(SchemaName, BinaryData.FromString(question.Schema), jsonSchemaIsStrict: true);
        var (text, usage) = await CompleteAsync([new SystemChatMessage(question.Instructions), Material(question)], format, question.MaxOutputTokens, cancellationToken);
        return Checked(text, question, usage);
    }

    /// <summary>JSON mode: the schema goes along as text, the answer is checked, and a wrong one is sent back once.</summary>
    private async Task<ModelReply> ByCheckingAsync(ModelQuestion question, CancellationToken cancellationToken)
    {
        List<ChatMessage> messages = [new SystemChatMessage($"{question.Instructions}\n\nAnswer with one JSON object of this schema and nothing else:\n{question.Schema}"), Material(question)];
        var (text, usage) = await CompleteAsync(messages, ChatResponseFormat.CreateJsonObjectFormat(), question.MaxOutputTokens, cancellationToken);
        if (AnswerSchema.Fault(text, question.Schema) is not { } fault)
        {
            return new(text, usage);
        }

        messages.AddRange([new AssistantChatMessage(text.Length == 0 ? "{}" : text), new UserChatMessage($"This answer is not of the schema: {fault}. Answer again, with one JSON object of the schema and nothing else.")]);
        var (repaired, more) = await CompleteAsync(messages, ChatResponseFormat.CreateJsonObjectFormat(), question.MaxOutputTokens, cancellationToken);
        return Checked(repaired, question, Together(usage, more));
    }

    private async Task<(string Text, ProviderUsage Usage)> CompleteAsync(IReadOnlyList<ChatMessage> messages, ChatResponseFormat format, int maxOutputTokens, CancellationToken cancellationToken)
    {
        try
        {
            ChatCompletion reply = await _client.CompleteChatAsync(messages, new ChatCompletionOptions { ResponseFormat = format, MaxOutputTokenCount = maxOutputTokens }, cancellationToken);
            var usage = UsageOf(reply.Usage);
            return (TextOf(reply, usage), usage);
        }
        catch (Exception exception) when (exception is not (TransientFailure or ProviderRefusal or OperationCanceledException))
        {
            // The SDK throws whatever its parser throws for a reply of another form.
            throw Refusal(RefusalKind.BadReply, "sent a reply that is not of its protocol", exception);
        }
    }

    private string TextOf(ChatCompletion reply, ProviderUsage usage)
    {
        if (!string.IsNullOrEmpty(reply.Refusal) || reply.FinishReason == ChatFinishReason.ContentFilter)
        {
            throw Refusal(RefusalKind.Declined, "declined to answer", usage: usage);
        }

        return reply.FinishReason switch
        {
            ChatFinishReason.Stop => string.Concat(reply.Content.Where(part => part.Kind == ChatMessageContentPartKind.Text).Select(part => part.Text)),
            ChatFinishReason.Length => throw Refusal(RefusalKind.BadReply, "ran out of tokens before its answer ended", usage: usage),
            _ => throw Refusal(RefusalKind.BadReply, "wants to call a tool, and has none", usage: usage),
        };
    }

    private ModelReply Checked(string text, ModelQuestion question, ProviderUsage usage) => AnswerSchema.Fault(text, question.Schema) is { } fault
        ? throw Refusal(RefusalKind.BadReply, $"sent an answer that is not of the schema ({fault})", usage: usage)
        : new(text, usage);

    private static UserChatMessage Material(ModelQuestion question) => question.Picture is not { } picture
        ? new(question.Material)
        : new(
            ChatMessageContentPart.CreateTextPart(question.Material),
            ChatMessageContentPart.CreateImagePart(BinaryData.FromBytes(picture.Bytes), picture.MediaType, ChatImageDetailLevel.High));

    private ProviderUsage UsageOf(ChatTokenUsage? usage)
    {
        var cached = usage?.InputTokenDetails?.CachedTokenCount ?? 0;
        return Units((usage?.InputTokenCount ?? 0) - cached, cached, usage?.OutputTokenCount ?? 0);
    }

    private ProviderUsage Together(ProviderUsage a, ProviderUsage b) => Units(
        a.Units[ProviderUnits.InputToken] + b.Units[ProviderUnits.InputToken],
        a.Units[ProviderUnits.CachedInputToken] + b.Units[ProviderUnits.CachedInputToken],
        a.Units[ProviderUnits.OutputToken] + b.Units[ProviderUnits.OutputToken]);

    private ProviderUsage Units(decimal input, decimal cached, decimal output) => new(Provider, Model, new Dictionary<string, decimal>
    {
        [ProviderUnits.InputToken] = input,
        [ProviderUnits.CachedInputToken] = cached,
        [ProviderUnits.OutputToken] = output,
    });

    // What was consumed is paid, answer or not.
    private ProviderRefusal Refusal(RefusalKind kind, string said, Exception? inner = null, ProviderUsage? usage = null) => new(kind, Provider, $"{Provider} {said} ({Model}).", inner) { Usage = usage };
}
