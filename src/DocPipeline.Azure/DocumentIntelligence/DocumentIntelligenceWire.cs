using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using DocPipeline.Providers;
using DocPipeline.Providers.Wire;
using DocPipeline.Workflow;

namespace DocPipeline.Azure.DocumentIntelligence;

/// <summary>Everything of an answer that anybody looks at.</summary>
internal sealed record AzureReply(int Status, byte[] Body, string? RetryAfter, string? OperationLocation, string? RequestId);

/// <summary>Asks the resource once. Azure.Core's pipeline sends and signs in; its retries are off, since the gate tries again, and its log, which would hold addresses of results, too.</summary>
internal sealed class DocumentIntelligenceWire
{
    private const string Scope = "https://cognitiveservices.azure.com/.default";

    private readonly string _provider;
    private readonly Uri _endpoint;
    private readonly WireLimits _limits;
    private readonly TimeProvider _time;
    private readonly HttpPipeline _pipeline;

    public DocumentIntelligenceWire(string provider, DocumentIntelligenceOptions options)
    {
        _provider = provider;
        _endpoint = WireHttp.Endpoint(provider, options.Endpoint);
        _limits = options.Limits;
        _time = options.Time;
        HttpPipelinePolicy access = options switch
        {
            { Key: { } key } => new KeyPolicy(key),
            { Credential: { } credential } => new BearerTokenAuthenticationPolicy(credential, Scope),
            _ => throw new ProviderRefusal(RefusalKind.NotAllowed, provider, $"{provider} needs a key, or Entra."),
        };
        var settings = new Settings { Transport = new HttpClientTransport(new HttpClient(options.Handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan }) };
        settings.Retry.MaxRetries = 0;
        settings.Retry.NetworkTimeout = _limits.Deadline + TimeSpan.FromSeconds(5); // ours is the one that counts
        settings.Diagnostics.IsLoggingEnabled = false;
        settings.Diagnostics.IsTelemetryEnabled = false;
        settings.Diagnostics.IsDistributedTracingEnabled = false;
        _pipeline = HttpPipelineBuilder.Build(settings, [], [access], new ResponseClassifier());
    }

    public Uri Endpoint => _endpoint;

    /// <param name="path">Encoded, with a slash at its start.</param>
    /// <param name="body">Null: none.</param>
    /// <returns>A reply of status 200, 202 or 204.</returns>
    /// <exception cref="TransientFailure">It may work later.</exception>
    /// <exception cref="ProviderRefusal">It will not.</exception>
    public async Task<AzureReply> SendAsync(RequestMethod method, string path, ReadOnlyMemory<byte>? body, CancellationToken cancellationToken)
    {
        var reply = await Deadline.RunAsync(_provider, _limits.Deadline, _time, token => SendOnceAsync(method, path, body, token), cancellationToken);
        return reply.Status is 200 or 202 or 204 ? reply : throw DocumentIntelligenceErrors.Classify(_provider, method == RequestMethod.Post ? "to read a document" : "for a result or a model", reply);
    }

    private async Task<AzureReply> SendOnceAsync(RequestMethod method, string path, ReadOnlyMemory<byte>? body, CancellationToken cancellationToken)
    {
        using var message = _pipeline.CreateMessage();
        message.BufferResponse = false; // read below, up to the limit
        message.Request.Method = method;
        message.Request.Uri.Reset(new Uri(_endpoint.AbsoluteUri.TrimEnd('/') + path));
        message.Request.Headers.Add("Accept", "application/json");
        if (body is { } bytes)
        {
            message.Request.Headers.Add("Content-Type", "application/octet-stream");
            message.Request.Content = RequestContent.Create(bytes);
        }

        try
        {
            await _pipeline.SendAsync(message, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 0)
        {
            throw new TransientFailure($"{_provider} cannot be reached, or broke the connection.", inner: exception);
        }
        catch (Exception exception) when (exception.GetType().Namespace == "Azure.Identity")
        {
            // The cause is not passed on: what it quotes of tokens and tenants is not ours to print.
            throw new ProviderRefusal(RefusalKind.NotAllowed, _provider, $"Entra gave no token for {_provider} ({exception.GetType().Name}). Sign in with az login, or give the machine an identity with the role Cognitive Services User.");
        }

        await using var stream = message.ExtractResponseContent();
        var length = message.Response.Headers.ContentLengthLong;
        var content = stream is null ? [] : await ReplyBody.ReadAsync(_provider, stream, length, _limits.MaxReplyBytes, cancellationToken);
        return new(message.Response.Status, content, HeaderOf("Retry-After"), HeaderOf("Operation-Location"), HeaderOf("apim-request-id"));

        string? HeaderOf(string name) => message.Response.Headers.TryGetValue(name, out var value) ? value : null;
    }

    private sealed class Settings : ClientOptions;

    private sealed class KeyPolicy(Secret key) : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message) => message.Request.Headers.SetValue("Ocp-Apim-Subscription-Key", key.Reveal());
    }
}
