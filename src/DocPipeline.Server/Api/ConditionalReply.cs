using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace DocPipeline.Server.Api;

/// <summary>
/// A whole reply whose ETag is the hash of its bytes: right for every filter and choice of fields, without a version that somebody would have to count.
/// Whoever has these bytes already gets 304. It saves the way, not the query.
/// </summary>
internal sealed class ConditionalReply(ReadOnlyMemory<byte> json) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(json.Span).AsSpan(0, 16))}\"");
        var reply = httpContext.Response;
        reply.GetTypedHeaders().ETag = tag;
        // May be kept by whoever asked, and has to be asked for again each time.
        reply.Headers.CacheControl = "private, no-cache";
        var known = new RequestHeaders(httpContext.Request.Headers).IfNoneMatch;
        if (known.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: false)))
        {
            reply.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        reply.ContentType = "application/json; charset=utf-8";
        reply.ContentLength = json.Length;
        await reply.Body.WriteAsync(json, httpContext.RequestAborted);
    }
}
