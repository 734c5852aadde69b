using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocPipeline.Workflow;

namespace DocPipeline.Aws.Events;

/// <summary>
/// Whether a message comes from a topic of ours. Guarantees: nothing is fetched before the topic is found on the list; the certificate comes by TLS from the
/// host of the topic's region and nowhere else; no address in a message is ever followed.
/// </summary>
/// <remarks>How old a message is does not matter: one that is sent again is recognised by what it tells of.</remarks>
/// <param name="http">Must not follow redirects.</param>
public sealed class SnsGuard(IEnumerable<string> topics, HttpClient http, TimeProvider time)
{
    private const int MostCertificates = 32;
    private const int LargestCertificate = 64 * 1024;

    private readonly HashSet<string> _topics = [.. topics];
    private readonly ConcurrentDictionary<Uri, X509Certificate2> _certificates = new();

    /// <summary>Why the message is not believed, for a person; null: it is.</summary>
    /// <exception cref="TransientFailure">The certificate cannot be had now.</exception>
    public async Task<string?> RefusalAsync(SnsMessage message, CancellationToken cancellationToken)
    {
        // 1. What can be told without asking anybody.
        if (!_topics.Contains(message.TopicArn) || message.Host is not { } host)
        {
            return "The topic is not one of those that this server listens to.";
        }

        if (AlgorithmOf(message) is not { } algorithm)
        {
            return $"The signature version '{message.SignatureVersion}' is not known; 1 and 2 are.";
        }

        if (!Uri.TryCreate(message.SigningCertUrl, UriKind.Absolute, out var address) || !IsOf(address, host))
        {
            return $"The certificate is not at https://{host}.";
        }

        var signature = new byte[message.Signature.Length];
        if (!Convert.TryFromBase64String(message.Signature, signature, out var length))
        {
            return "The signature is no base64.";
        }

        // 2. The signature.
        var certificate = await CertificateAsync(address, cancellationToken);
        if (certificate is null || !IsValid(certificate, time.GetUtcNow().UtcDateTime))
        {
            return "The certificate cannot be read, or it is not valid now.";
        }

        using var key = certificate.GetRSAPublicKey();
        return key?.VerifyData(message.ToSign(), signature.AsSpan(0, length), algorithm, RSASignaturePadding.Pkcs1) == true ? null : "The signature is not that of the message.";
    }

    /// <summary>Says yes to the subscription that a believed message offers, by the API and not by the address in the message.</summary>
    /// <exception cref="TransientFailure">Amazon does not answer now.</exception>
    /// <returns>Why Amazon refuses, for a person; null: it is confirmed.</returns>
    public async Task<string?> ConfirmAsync(SnsMessage message, CancellationToken cancellationToken)
    {
        // Unsigned, as whoever has the token may: with our signature we would need a permission for that alone.
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Action"] = "ConfirmSubscription",
            ["Version"] = "2010-03-31",
            ["TopicArn"] = message.TopicArn,
            ["Token"] = message.Token ?? "",
        });
        using var answer = await AskAsync(token => http.PostAsync(new Uri($"https://{message.Host}/"), form, token), cancellationToken);
        return answer.IsSuccessStatusCode ? null : $"Amazon does not confirm the subscription: {(int)answer.StatusCode}.";
    }

    private static HashAlgorithmName? AlgorithmOf(SnsMessage message) => message.SignatureVersion switch
    {
        // Amazon's default for topics; who can choose sets the topic's SignatureVersion to 2.
        "1" => HashAlgorithmName.SHA1,
        "2" => HashAlgorithmName.SHA256,
        _ => null,
    };

    private static bool IsOf(Uri address, string host) =>
        address.Scheme == Uri.UriSchemeHttps && address.IsDefaultPort && address.UserInfo.Length == 0 && address.Query.Length == 0
        && string.Equals(address.Host, host, StringComparison.OrdinalIgnoreCase) && address.AbsolutePath.EndsWith(".pem", StringComparison.Ordinal);

    // The framework tells both in local time.
    private static bool IsValid(X509Certificate2 certificate, DateTime now) => certificate.NotBefore.ToUniversalTime() <= now && now <= certificate.NotAfter.ToUniversalTime();

    private static X509Certificate2? Read(string pem)
    {
        try
        {
            return X509Certificate2.CreateFromPem(pem);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private async Task<X509Certificate2?> CertificateAsync(Uri address, CancellationToken cancellationToken)
    {
        if (_certificates.TryGetValue(address, out var known))
        {
            return known;
        }

        using var answer = await AskAsync(token => http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, token), cancellationToken);
        if (!answer.IsSuccessStatusCode || answer.Content.Headers.ContentLength is not (> 0 and <= LargestCertificate))
        {
            return null;
        }

        var pem = await AskAsync(answer.Content.ReadAsStringAsync, cancellationToken);
        if (Read(pem) is not { } certificate)
        {
            return null;
        }

        if (_certificates.Count >= MostCertificates)
        {
            _certificates.Clear();
        }

        return _certificates.GetOrAdd(address, certificate);
    }

    private static async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await ask(cancellationToken);
            return answer is HttpResponseMessage { StatusCode: var status } && ((int)status >= 500 || status == System.Net.HttpStatusCode.TooManyRequests)
                ? throw new TransientFailure($"Amazon's SNS answers {(int)status}.")
                : answer;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new TransientFailure($"Amazon's SNS cannot be reached: {failure.Message}", inner: failure);
        }
    }
}
