using System.Text.RegularExpressions;
using DocPipeline.Providers;
using DocPipeline.Providers.Wire;
using DocPipeline.Workflow;

namespace DocPipeline.Azure.DocumentIntelligence;

/// <summary>What an error means for us. Of the reply only its codes and the request's id get into a message: what else it says may quote the document or its address.</summary>
internal static partial class DocumentIntelligenceErrors
{
    /// <param name="asked">Such as <c>to read a document</c>.</param>
    /// <returns>A <see cref="TransientFailure"/> or a <see cref="ProviderRefusal"/>.</returns>
    public static Exception Classify(string provider, string asked, AzureReply reply)
    {
        var codes = CodesOf(reply.Body);
        var what = $"{provider} was asked {asked} and answered {(codes.Count > 0 ? string.Join('/', codes) : "an error without a code")} (HTTP {reply.Status}{(Shown(reply.RequestId) is { } id ? $", request {id}" : "")}).";
        return reply.Status switch
        {
            408 or 429 or >= 500 => new TransientFailure(what, RetryAfter.Of(reply.RetryAfter)),
            >= 300 and < 400 => new ProviderRefusal(RefusalKind.Misconfigured, provider, $"{what} It is a redirect, which is not followed. Check the endpoint."),
            401 => new ProviderRefusal(RefusalKind.NotAllowed, provider, $"{what} Check that the key belongs to this endpoint and has not been renewed, or that the token is for this tenant."),
            403 when codes.Any(IsQuota) => new ProviderRefusal(RefusalKind.QuotaExhausted, provider, $"{what} The free calls of this month are used up, or the resource is suspended."),
            403 => new ProviderRefusal(RefusalKind.NotAllowed, provider, $"{what} Give the identity the role Cognitive Services User, and let this machine through the resource's firewall."),
            404 => new ProviderRefusal(RefusalKind.Misconfigured, provider, $"{what} The model is not known to this resource, its region does not have it, or the result has expired."),
            413 => new ProviderRefusal(RefusalKind.Unsupported, provider, $"{what} The file is too large for the resource's tier."),
            _ => OfCodes(provider, what, codes),
        };
    }

    /// <summary>The failure of an operation that HTTP calls a success.</summary>
    public static Exception OfFailed(string provider, ReplyJson reply)
    {
        var codes = reply.Find("error") is { } error ? CodesOf(error) : [];
        var what = $"{provider} could not read the document ({(codes.Count > 0 ? string.Join('/', codes) : "no code")}).";
        return codes.Any(code => code is "InternalServerError" or "ServiceUnavailable" or "Timeout" or "OperationTimeout")
            ? new TransientFailure(what)
            : OfCodes(provider, what, codes);
    }

    private static ProviderRefusal OfCodes(string provider, string what, IReadOnlyList<string> codes) =>
        codes.Any(code => code.StartsWith("InvalidContent", StringComparison.Ordinal) || code is "ContentTooLarge" or "DimensionsTooSmall" or "DimensionsTooLarge" or "UnsupportedContent" or "InvalidContentDimensions")
            ? new(RefusalKind.Unsupported, provider, $"{what} It cannot read this; another reader has to.")
            : codes.Any(IsQuota) ? new(RefusalKind.QuotaExhausted, provider, $"{what} Ask for a larger quota, or wait until it renews.")
            : new(RefusalKind.Misconfigured, provider, $"{what} Check endpoint, model, features and api version.");

    private static bool IsQuota(string code) => code.Contains("Quota", StringComparison.OrdinalIgnoreCase);

    private static IReadOnlyList<string> CodesOf(byte[] body)
    {
        try
        {
            return ReplyJson.Read("", body, reply => CodesOf(reply["error"]));
        }
        catch (ProviderRefusal)
        {
            return []; // an error need not be JSON: a gateway's page is not
        }
    }

    // The outer code is general (InvalidRequest), the inner one says what it is (InvalidContent).
    private static IReadOnlyList<string> CodesOf(ReplyJson error)
    {
        var codes = new List<string>();
        for (ReplyJson? at = error; at is { } level && codes.Count < 4; at = level.Find("innererror"))
        {
            if (level.Find("code") is { } code && Shown(code.Text()) is { } shown)
            {
                codes.Add(shown);
            }
        }

        return codes;
    }

    private static string? Shown(string? text) => text is not null && Plain().IsMatch(text) ? text : null;

    [GeneratedRegex("^[A-Za-z0-9-]{1,64}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Plain();
}
