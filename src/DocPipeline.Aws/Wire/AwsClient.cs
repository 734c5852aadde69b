using System.Net.Http.Headers;
using DocPipeline.Providers;
using DocPipeline.Providers.Wire;

namespace DocPipeline.Aws.Wire;

/// <summary>Everything of an answer that anybody looks at.</summary>
internal sealed record AwsReply(int Status, HttpResponseHeaders Headers, byte[] Body)
{
    public string? HeaderOf(string name) => Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}

/// <summary>Asks a service of AWS once.</summary>
/// <param name="provider">Name of the provider in configuration and messages.</param>
/// <param name="carrier">Sends; signs if the service wants it.</param>
internal sealed class AwsClient(string provider, Uri endpoint, HttpMessageInvoker carrier, WireLimits limits, TimeProvider time)
{
    public string Provider => provider;

    /// <summary>A client whose requests are signed with the access's credentials.</summary>
    /// <param name="host">First part of the endpoint's public name.</param>
    /// <param name="signingName">The service's name in signatures.</param>
    public static AwsClient Signing(string provider, AwsAccess access, string host, string signingName) =>
        new(provider, access.EndpointOf(provider, host), new(new SigningHandler(provider, access, signingName), disposeHandler: false), access.Limits, access.Time);

    /// <summary>Posts JSON and returns the reply's body.</summary>
    /// <param name="operation">As a policy names it, for messages.</param>
    /// <param name="path">Encoded, with a slash at its start.</param>
    /// <exception cref="Workflow.TransientFailure">It may work later.</exception>
    /// <exception cref="ProviderRefusal">It will not.</exception>
    public async Task<byte[]> PostAsync(string operation, string path, string contentType, byte[] body, string? target, CancellationToken cancellationToken)
    {
        var reply = await Deadline.RunAsync(provider, limits.Deadline, time, token => SendAsync(path, contentType, body, target, token), cancellationToken);
        return reply.Status switch
        {
            200 => reply.Body,
            >= 300 and < 400 => throw new ProviderRefusal(RefusalKind.Misconfigured, provider, $"{provider} answered {operation} with a redirect (HTTP {reply.Status}), which is not followed. Check region and endpoint."),
            _ => throw AwsErrors.Classify(provider, operation, reply),
        };
    }

    private async Task<AwsReply> SendAsync(string path, string contentType, byte[] body, string? target, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint.AbsoluteUri.TrimEnd('/') + path));
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        if (target is not null)
        {
            request.Headers.TryAddWithoutValidation("x-amz-target", target);
        }

        using var response = await carrier.SendAsync(request, cancellationToken);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var reply = await ReplyBody.ReadAsync(provider, stream, response.Content.Headers.ContentLength, limits.MaxReplyBytes, cancellationToken);
        return new((int)response.StatusCode, response.Headers, reply);
    }
}
