using System.Text.Json;
using Anthropic;
using Anthropic.Core;
using Anthropic.Models.Messages;
using DocPipeline.Providers;
using DocPipeline.Workflow;

namespace DocPipeline.LanguageModels;

/// <summary>Claude on Anthropic's own service.</summary>
public sealed class AnthropicModel : ILanguageModel, IProbedProvider, IDisposable
{
    private readonly ModelSettings _settings;
    private readonly HttpClient _http;
    private readonly AnthropicClient _client;

    public AnthropicModel(ModelSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
        _http = ModelWire.Client(settings);
        var options = new ClientOptions { HttpClient = _http, MaxRetries = 0, Timeout = settings.Deadline + TimeSpan.FromSeconds(5), ApiKey = settings.Key, AuthToken = null };
        if (settings.Endpoint is { } endpoint)
        {
            options.BaseUrl = endpoint.AbsoluteUri.TrimEnd('/');
        }

        _client = new(options);
    }

    public string Provider => _settings.Provider;

    public string Model => _settings.Model;

    public bool SeesPictures => _settings.SeesPictures;

    public Task<ModelReply> AskAsync(ModelQuestion question, CancellationToken cancellationToken) =>
        ModelWire.WithinDeadlineAsync(_settings, token => AskOnceAsync(question, token), cancellationToken);

    public Task<ProviderProbe> ProbeAsync(CancellationToken cancellationToken) => ModelProbe.TryAsync(this, cancellationToken);

    public void Dispose() => _client.Dispose();

    private async Task<ModelReply> AskOnceAsync(ModelQuestion question, CancellationToken cancellationToken)
    {
        try
        {
            var message = await _client.Messages.Create(Request(question), cancellationToken);
            var usage = UsageOf(message.Usage);
            var text = TextOf(message, usage);
            return AnswerSchema.Fault(text, question.Schema) is { } fault
                ? throw Refusal(RefusalKind.BadReply, $"sent an answer that is not of the schema ({fault})", usage: usage)
                : new(text, usage);
        }
        catch (Exception exception) when (exception is not (TransientFailure or ProviderRefusal or OperationCanceledException))
        {
            // The SDK throws whatever its parser throws for a reply of another form.
            throw Refusal(RefusalKind.BadReply, "sent a reply that is not of its protocol", exception);
        }
    }

    private MessageCreateParams Request(ModelQuestion question)
    {
        List<ContentBlockParam> content = [new TextBlockParam { Text = question.Material }];
        if (question.Picture is { } picture)
        {
            content.Insert(0, new ImageBlockParam { Source = new Base64ImageSource { Data = Convert.ToBase64String(picture.Bytes.Span), MediaType = picture.MediaType } });
        }

        return new()
        {
            Model = _settings.Model,
            MaxTokens = question.MaxOutputTokens,
            // The same for all documents: the provider keeps it, and charges less.
            System = new List<TextBlockParam> { new() { Text = question.Instructions, CacheControl = new() } },
            Messages = [new UserMessageParam { Content = content }],
            OutputConfig = new() { Format = new() { Schema = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(question.Schema)! } },
        };
    }

    private string TextOf(Message message, ProviderUsage usage)
    {
        // By kind, never by place: thinking may come first.
        var text = string.Concat(message.Content.Select(block => block.TryPickText(out var part) ? part.Text : ""));
        return message.StopReason?.Value() switch
        {
            StopReason.EndTurn or StopReason.StopSequence => text,
            StopReason.MaxTokens => throw Refusal(RefusalKind.BadReply, "ran out of tokens before its answer ended", usage: usage),
            StopReason.Refusal => throw Refusal(RefusalKind.Declined, "declined to answer", usage: usage),
            StopReason.ToolUse => throw Refusal(RefusalKind.BadReply, "wants to call a tool, and has none", usage: usage),
            _ => throw Refusal(RefusalKind.BadReply, "stopped for a reason that is not known", usage: usage),
        };
    }

    private ProviderUsage UsageOf(Usage usage) => new(Provider, Model, new Dictionary<string, decimal>
    {
        [ProviderUnits.InputToken] = usage.InputTokens,
        [ProviderUnits.CachedInputToken] = usage.CacheReadInputTokens ?? 0,
        [ProviderUnits.CacheWriteToken] = usage.CacheCreationInputTokens ?? 0,
        [ProviderUnits.OutputToken] = usage.OutputTokens,
    });

    // What was consumed is paid, answer or not.
    private ProviderRefusal Refusal(RefusalKind kind, string said, Exception? inner = null, ProviderUsage? usage = null) => new(kind, Provider, $"{Provider} {said} ({Model}).", inner) { Usage = usage };
}
