using System.Text.RegularExpressions;
using DocPipeline.Providers;
using DocPipeline.Providers.Wire;
using DocPipeline.Workflow;

namespace DocPipeline.Aws.Wire;

/// <summary>
/// What an error of AWS means for us. Of the reply only the code and the request's id get into a message: what else it says may quote the request, which holds a token and a document.
/// Sources: the services' API references, and how often the official SDKs try again.
/// </summary>
internal static partial class AwsErrors
{
    /// <param name="operation">Such as <c>textract:AnalyzeDocument</c>, as a policy names it.</param>
    /// <returns>A <see cref="TransientFailure"/> or a <see cref="ProviderRefusal"/>.</returns>
    public static Exception Classify(string provider, string operation, AwsReply reply)
    {
        var code = CodeOf(reply);
        var what = $"{provider} answered {operation} with {code ?? "an error without a code"} (HTTP {reply.Status}{(IdOf(reply) is { } id ? $", request {id}" : "")}).";
        return KindOf(code, reply) switch
        {
            null => new TransientFailure(what, RetryAfter.Of(reply.HeaderOf("Retry-After"))),
            RefusalKind.NotAllowed => new ProviderRefusal(RefusalKind.NotAllowed, provider, $"{what} {AdviceOnCredentials(code, operation)}"),
            RefusalKind.QuotaExhausted => new ProviderRefusal(RefusalKind.QuotaExhausted, provider, $"{what} Ask for a larger quota in Service Quotas, or wait until it renews."),
            RefusalKind.Unsupported => new ProviderRefusal(RefusalKind.Unsupported, provider, $"{what} It cannot read this; another reader has to."),
            { } kind => new ProviderRefusal(kind, provider, $"{what} {AdviceOnSettings(code)}"),
        };
    }

    /// <summary>The error's name; null where the reply has none that can be shown.</summary>
    public static string? CodeOf(AwsReply reply)
    {
        var full = reply.HeaderOf("x-amzn-ErrorType") ?? InBody(reply.Body);
        var name = full?.Split('#')[^1].Split(':')[0];
        return name is not null && Name().IsMatch(name) ? name : null;
    }

    // Null: it may work later.
    private static RefusalKind? KindOf(string? code, AwsReply reply) => code switch
    {
        "ThrottlingException" or "Throttling" or "ProvisionedThroughputExceededException" or "TooManyRequestsException" or "RequestLimitExceeded" or "SlowDown" => null,
        "LimitExceededException" => null, // of Textract: too many jobs at once
        "InternalServerError" or "InternalServerException" or "InternalFailure" or "ServiceUnavailable" or "ServiceUnavailableException" => null,
        "ModelNotReadyException" or "ModelTimeoutException" or "ModelErrorException" or "RequestTimeout" or "RequestTimeoutException" => null,
        "AccessDeniedException" or "ExpiredTokenException" or "ExpiredToken" or "UnrecognizedClientException" or "InvalidSignatureException" or "IncompleteSignature"
            or "IncompleteSignatureException" or "MissingAuthenticationToken" or "MissingAuthenticationTokenException" or "InvalidClientTokenId" or "OptInRequired" => RefusalKind.NotAllowed,
        "ServiceQuotaExceededException" => RefusalKind.QuotaExhausted,
        "UnsupportedDocumentException" or "BadDocumentException" or "DocumentTooLargeException" or "TextSizeLimitExceededException" or "BatchSizeLimitExceededException" => RefusalKind.Unsupported,
        "ValidationException" when Says(reply, "too long") || Says(reply, "too large") => RefusalKind.Unsupported,
        _ => reply.Status switch
        {
            408 or 424 or 429 or >= 500 => null,
            401 or 403 => RefusalKind.NotAllowed,
            413 => RefusalKind.Unsupported,
            _ => RefusalKind.Misconfigured,
        },
    };

    private static string AdviceOnCredentials(string? code, string operation) => code switch
    {
        "ExpiredTokenException" or "ExpiredToken" => "The temporary credentials have expired: sign in again, or use a role that renews itself.",
        "UnrecognizedClientException" or "InvalidClientTokenId" => "The access key is not known: check AWS_ACCESS_KEY_ID and the partition of the region.",
        "InvalidSignatureException" or "IncompleteSignature" or "IncompleteSignatureException" => "The signature is not accepted: check AWS_SECRET_ACCESS_KEY and this machine's clock.",
        _ => $"Allow {operation} in the policy of these credentials, and check that the service is open to the account in this region.",
    };

    private static string AdviceOnSettings(string? code) => code switch
    {
        "InvalidS3ObjectException" => "The object must exist, be readable with these credentials and lie in a bucket of the same region.",
        "ResourceNotFoundException" => "Check the model's name and that the account has access to it in this region.",
        "InvalidJobIdException" => "The job is not known: its results are kept for 7 days.",
        "UnsupportedLanguageException" => "Set a language that the operation knows.",
        _ => "Check the endpoint, the region, the model and the features that are asked for.",
    };

    private static bool Says(AwsReply reply, string words) => reply.Body.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(words)) >= 0;

    private static string? IdOf(AwsReply reply) => reply.HeaderOf("x-amzn-RequestId") is { } id && Id().IsMatch(id) ? id : null;

    private static string? InBody(byte[] body)
    {
        try
        {
            return ReplyJson.Read("", body, reply => reply.Find("__type")?.Text() ?? reply.Find("code")?.Text());
        }
        catch (ProviderRefusal)
        {
            return null; // an error need not be JSON: a load balancer's page is not
        }
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9.]{0,79}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex("^[A-Za-z0-9-]{1,64}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();
}
