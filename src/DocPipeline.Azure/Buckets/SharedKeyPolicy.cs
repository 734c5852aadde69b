using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace DocPipeline.Azure.Buckets;

/// <summary>Signs requests to storage with the account's key, each attempt anew because its time is signed. For requests without a body, which are all we make.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key</remarks>
internal sealed class SharedKeyPolicy(string account, byte[] key, TimeProvider time) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;
        request.Headers.SetValue("x-ms-date", time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture));
        var signature = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(ToSign(request))));
        request.Headers.SetValue("Authorization", $"SharedKey {account}:{signature}");
    }

    private string ToSign(Request request)
    {
        var uri = request.Uri.ToUri();
        var named = request.Headers.Where(header => header.Name.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase))
            .Select(header => $"{header.Name.ToLowerInvariant()}:{header.Value}").Order(StringComparer.Ordinal);
        var asked = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(parameter => parameter.Split('=', 2))
            .Select(parameter => $"{Uri.UnescapeDataString(parameter[0]).ToLowerInvariant()}:{Uri.UnescapeDataString(parameter.Length > 1 ? parameter[1] : "")}").Order(StringComparer.Ordinal);
        return string.Join('\n', (string[])
        [
            request.Method.Method,
            Value(request, "Content-Encoding"),
            Value(request, "Content-Language"),
            "", // Content-Length: a request without a body has none.
            Value(request, "Content-MD5"),
            Value(request, "Content-Type"),
            "", // Date: x-ms-date is there instead.
            Value(request, "If-Modified-Since"),
            Value(request, "If-Match"),
            Value(request, "If-None-Match"),
            Value(request, "If-Unmodified-Since"),
            Value(request, "Range"),
            .. named,
            $"/{account}{uri.AbsolutePath}",
            .. asked,
        ]);
    }

    private static string Value(Request request, string name) => request.Headers.TryGetValue(name, out var value) ? value ?? "" : "";
}
