using DocPipeline.Aws.Wire;
using DocPipeline.Providers;
using DocPipeline.Providers.Wire;

namespace DocPipeline.Aws.Bedrock;

/// <summary>Any model on Amazon Bedrock by the Converse API. Every method is one request; none tries anything again.</summary>
public sealed class BedrockModel : ILanguageModel, IProbedProvider
{
    private const string Name = "bedrock";

    private readonly BedrockOptions _options;
    private readonly AwsClient _client;

    /// <exception cref="ProviderRefusal">Region, endpoint or model are not of the form.</exception>
    public BedrockModel(AwsAccess access, BedrockOptions options)
    {
        ArgumentNullException.ThrowIfNull(access);
        ArgumentNullException.ThrowIfNull(options);
        if (string.IsNullOrWhiteSpace(options.Model))
        {
            throw new ProviderRefusal(RefusalKind.Misconfigured, Name, "Bedrock needs the id of a model, of an inference profile, or an ARN.");
        }

        _options = options;
        _client = options.ApiKey is null
            ? AwsClient.Signing(Name, access, host: "bedrock-runtime", signingName: "bedrock")
            : new AwsClient(Name, access.EndpointOf(Name, "bedrock-runtime"), new(new BearerHandler(options.ApiKey, access.Handler), disposeHandler: false), access.Limits, access.Time);
    }

    public string Provider => Name;

    public string Model => _options.Model;

    public bool SeesPictures => _options.SeesPictures;

    public async Task<ModelReply> AskAsync(ModelQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        if (question.Picture is { } picture && (!SeesPictures || picture.Bytes.Length > _options.MaxPictureBytes))
        {
            throw new ProviderRefusal(RefusalKind.Unsupported, Name, SeesPictures
                ? $"The picture has {picture.Bytes.Length / 1024} kB; the model on Bedrock takes {_options.MaxPictureBytes / 1024} kB."
                : "The model on Bedrock is not set up to see pictures.");
        }

        var reply = await ConverseAsync(question, cancellationToken);
        var answer = reply.AnswerOf(_options.Form);
        return FaultOf(answer, question.Schema) is { } fault
            ? throw new ProviderRefusal(RefusalKind.BadReply, Name, $"The model on Bedrock sent an answer that is not of the schema ({fault}).") { Usage = reply.Usage }
            : new(answer, reply.Usage);
    }

    /// <inheritdoc/>
    public Task<ProviderProbe> ProbeAsync(CancellationToken cancellationToken) => ProviderProbe.TryAsync(Name, $"Converse with {Model}; a few tokens", async () =>
    {
        // Cut off after a token or not: what answers may be asked.
        var reply = await ConverseAsync(new("Answer with the word ok.", "Are you there?", """{"type":"object"}""", Picture: null, MaxOutputTokens: 1), cancellationToken, AnswerForm.Text);
        return $"{Model} answers (stop reason {(reply.StopReason is "end_turn" or "max_tokens" ? reply.StopReason : "other")}).";
    });

    private static string? FaultOf(string answer, string schema)
    {
        try
        {
            return AnswerSchema.Fault(answer, schema);
        }
        catch (InvalidOperationException)
        {
            return "$ has a name that is not valid text"; // half of a surrogate pair, escaped
        }
    }

    private async Task<ConverseReply> ConverseAsync(ModelQuestion question, CancellationToken cancellationToken, AnswerForm? form = null)
    {
        var body = ConverseRequest.Of(form is { } other ? _options with { Form = other, CachesInstructions = false } : _options, question);
        var reply = await _client.PostAsync("bedrock:InvokeModel", $"/model/{Uri.EscapeDataString(Model)}/converse", "application/json", body, target: null, cancellationToken);
        return ConverseReply.Read(Name, Model, reply);
    }
}
