using System.Text.RegularExpressions;
using Amazon.Runtime;
using DocPipeline.Providers;
using DocPipeline.Providers.Wire;

namespace DocPipeline.Aws.Wire;

/// <summary>How a service of AWS is reached.</summary>
/// <param name="Region">Such as <c>us-east-1</c>.</param>
public sealed partial record AwsAccess(string Region)
{
    /// <summary>Null: the service's public endpoint in the region. Otherwise one in a private network, or a double.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Null: the usual chain of AWS (environment, profile, web identity, container, machine), asked for every call, so that roles renew themselves.</summary>
    public AWSCredentials? Credentials { get; init; }

    public WireLimits Limits { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What carries requests; the default is the pool that all adapters share.</summary>
    public HttpMessageHandler Handler { get; init; } = WireHttp.Shared;

    /// <summary>Where a service answers.</summary>
    /// <param name="host">First part of its public name, such as <c>textract</c>.</param>
    /// <exception cref="ProviderRefusal">Region or endpoint are not of the form.</exception>
    internal Uri EndpointOf(string provider, string host)
    {
        if (!RegionForm().IsMatch(Region))
        {
            throw new ProviderRefusal(RefusalKind.Misconfigured, provider, $"The region of {provider} must be of the form us-east-1.");
        }

        return Endpoint is null
            ? new Uri($"https://{host}.{Region}.amazonaws.com{(Region.StartsWith("cn-", StringComparison.Ordinal) ? ".cn" : "")}")
            : WireHttp.Endpoint(provider, Endpoint);
    }

    [GeneratedRegex("^[a-z]{2,4}(-[a-z]{2,12}){1,3}-[0-9]{1,2}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RegionForm();
}
