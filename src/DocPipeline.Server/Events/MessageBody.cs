using DocPipeline.Ingest;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DocPipeline.Server.Events;

/// <summary>The whole body of a message, read once: who finds out who sent it, and who answers, need it both.</summary>
internal static class MessageBody
{
    private static readonly object Key = new();

    /// <exception cref="BadHttpRequestException">It is larger than any message.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context)
    {
        if (context.Items[Key] is not byte[] body)
        {
            context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = Delivery.MostBytes;
            using var buffer = new MemoryStream();
            await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
            context.Items[Key] = body = buffer.ToArray();
        }

        return body;
    }
}
