using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.Runtime.Internal.Auth;
using DocPipeline.Providers;

namespace DocPipeline.Aws.Wire;

/// <summary>
/// Signs each attempt by Signature Version 4; the cryptography is AWSSDK.Core's. Its signer is in a namespace called Internal: the version is pinned, and a test recomputes signatures.
/// </summary>
/// <param name="service">The signing name, such as <c>textract</c>.</param>
internal sealed class SigningHandler(string provider, AwsAccess access, string service) : DelegatingHandler(access.Handler)
{
    private static readonly string[] Signed = ["content-type", "host", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token", "x-amz-target"];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var credentials = await CredentialsAsync(cancellationToken);
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var now = access.Time.GetUtcNow().UtcDateTime;
        request.Headers.Host = request.RequestUri!.IsDefaultPort ? request.RequestUri.IdnHost : request.RequestUri.Authority;
        Set(request.Headers, "x-amz-date", now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
        Set(request.Headers, "x-amz-content-sha256", Convert.ToHexStringLower(SHA256.HashData(body)));
        if (credentials.UseToken)
        {
            Set(request.Headers, "x-amz-security-token", credentials.Token);
        }

        var headers = Signed.Select(name => (Name: name, Value: ValueOf(request, name))).Where(header => header.Value is not null).ToList();
        var names = string.Join(';', headers.Select(header => header.Name));
        var canonical = string.Join('\n', [
            request.Method.Method,
            CanonicalPath(request.RequestUri),
            "", // no query
            .. headers.Select(header => $"{header.Name}:{header.Value}"),
            "",
            names,
            ValueOf(request, "x-amz-content-sha256"),
        ]);
        var signature = AWS4Signer.ComputeSignature(credentials, access.Region, now, service, names, canonical);
        Set(request.Headers, "Authorization", signature.ForAuthorizationHeader);
        return await base.SendAsync(request, cancellationToken);
    }

    private static void Set(HttpRequestHeaders headers, string name, string value)
    {
        headers.Remove(name); // a request that is sent again has an older one
        headers.TryAddWithoutValidation(name, value);
    }

    private static string? ValueOf(HttpRequestMessage request, string name) => name switch
    {
        "host" => request.Headers.Host,
        "content-type" => request.Content?.Headers.ContentType?.ToString(),
        _ => request.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null,
    };

    // Each part is encoded once more than it is on the wire: every service but S3 wants it so.
    private static string CanonicalPath(Uri address) => string.Join('/', address.AbsolutePath.Split('/').Select(Uri.EscapeDataString));

    private async Task<ImmutableCredentials> CredentialsAsync(CancellationToken cancellationToken)
    {
        try
        {
            // The SDK asks machines for roles without a way to cancel it: the call's deadline holds all the same.
            return await ResolveAsync().WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The cause is not passed on: what it quotes of profiles and tokens is not ours to print.
            throw new ProviderRefusal(RefusalKind.NotAllowed, provider, $"No credentials for {provider} ({exception.GetType().Name}). Set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the machine a role.");
        }
    }

    private async Task<ImmutableCredentials> ResolveAsync()
    {
        var credentials = access.Credentials ?? await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync();
        return await credentials.GetCredentialsAsync();
    }
}
