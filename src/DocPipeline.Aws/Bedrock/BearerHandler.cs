using System.Net.Http.Headers;
using DocPipeline.Providers.Wire;

namespace DocPipeline.Aws.Bedrock;

/// <summary>A Bedrock API key instead of a signature.</summary>
internal sealed class BearerHandler(Secret key, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());
        return base.SendAsync(request, cancellationToken);
    }
}
