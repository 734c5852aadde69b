using System.Security.Cryptography;
using System.Text;

namespace DocPipeline.Testing.Services;

/// <summary>Signature Version 4 computed anew from a request as it came, by the specification and not by the code under test (AWS General Reference, "Signing AWS API requests").</summary>
public static class SignatureVersion4
{
    /// <summary>The Authorization header that the request should have.</summary>
    /// <param name="names">Headers that are to be signed, in order.</param>
    public static string Of(StubRequest request, string accessKey, string secretKey, string region, string service, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(request);
        var date = request["x-amz-date"]!;
        var scope = $"{date[..8]}/{region}/{service}/aws4_request";
        var canonical = new StringBuilder()
            .Append(request.Method).Append('\n')
            .Append(service == "s3" ? request.Path : string.Join('/', request.Path.Split('/').Select(part => part.Replace("%", "%25", StringComparison.Ordinal)))).Append('\n') // S3 encodes once
            .Append(string.Join('&', (request.Target.Split('?') is [_, var query] ? query.Split('&') : []).Order(StringComparer.Ordinal))).Append('\n');
        foreach (var name in names)
        {
            canonical.Append(name).Append(':').Append(request[name]).Append('\n');
        }

        canonical.Append('\n').Append(string.Join(';', names)).Append('\n').Append(Hex(SHA256.HashData(request.Body)));
        var text = $"AWS4-HMAC-SHA256\n{date}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())))}";
        var key = Encoding.UTF8.GetBytes("AWS4" + secretKey);
        foreach (var part in scope.Split('/'))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return $"AWS4-HMAC-SHA256 Credential={accessKey}/{scope}, SignedHeaders={string.Join(';', names)}, Signature={Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)))}";
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
