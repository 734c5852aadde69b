using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;

namespace DocPipeline.Server.Hosting;

/// <summary>
/// What people type to get here through a proxy on this machine that ends TLS. Requests for that name are answered too, as if they had come by TLS:
/// cookies are for TLS only, and addresses that we tell others begin with it. Whom the proxy names in <c>X-Forwarded-For</c> is who asks.
/// </summary>
internal sealed class PublicAddress(Uri address)
{
    /// <summary>Host names that requests may have, with semicolons between.</summary>
    public static string AllowedHosts(ServerSettings settings) => "localhost;127.0.0.1" + (Of(settings) is { } known ? ";" + known.Host : "");

    /// <summary>Comes before everything that looks at a request.</summary>
    public static void Use(IApplicationBuilder app, ServerSettings settings)
    {
        if (Of(settings) is not { } address)
        {
            return;
        }

        // Only the nearest proxy is believed, and only from the loopback: the framework's defaults.
        app.UseForwardedHeaders(new() { ForwardedHeaders = ForwardedHeaders.XForwardedFor });
        app.Use(new PublicAddress(address).SetSchemeAsync);
    }

    private static Uri? Of(ServerSettings settings) => string.IsNullOrEmpty(settings.PublicAddress) ? null : new Uri(settings.PublicAddress);

    private Task SetSchemeAsync(HttpContext context, RequestDelegate next)
    {
        if (string.Equals(context.Request.Host.Host, address.Host, StringComparison.OrdinalIgnoreCase))
        {
            context.Request.Scheme = address.Scheme;
        }

        return next(context);
    }

    [AttributeUsage(AttributeTargets.Property)]
    internal sealed class RuleAttribute() : ValidationAttribute("{0} must be https:// and a name, such as https://claims.example.org.")
    {
        public override bool IsValid(object? value) => string.IsNullOrEmpty((string?)value)
            || (Uri.TryCreate((string)value, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps && address.PathAndQuery == "/" && address.Fragment.Length == 0 && address.UserInfo.Length == 0);
    }
}
