namespace DocPipeline.Providers.Wire;

/// <summary>Connections to providers.</summary>
public static class WireHttp
{
    /// <summary>
    /// One pool for the whole process. Redirects are not followed: a reply must not send credentials and documents elsewhere. Nothing is unpacked: a small reply must not become a
    /// large one behind the limit. No cookies: one call knows nothing of another.
    /// </summary>
    public static HttpMessageHandler Shared { get; } = new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = System.Net.DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5), // a name may get another address
    };

    /// <summary>An endpoint as configured, without a slash at its end.</summary>
    /// <exception cref="ProviderRefusal">It is no address, or would send credentials and documents in the clear over a network.</exception>
    public static Uri Endpoint(string provider, Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (!endpoint.IsAbsoluteUri || endpoint.Query.Length > 0 || endpoint.UserInfo.Length > 0 || (endpoint.Scheme != Uri.UriSchemeHttps && !(endpoint.Scheme == Uri.UriSchemeHttp && endpoint.IsLoopback)))
        {
            throw new ProviderRefusal(RefusalKind.Misconfigured, provider, $"The endpoint of {provider} must be an address that begins with https:// and has neither a password nor a query in it (http:// only for this machine).");
        }

        return new Uri(endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/'));
    }
}
