using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using DocPipeline.Server.Events;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace DocPipeline.Server.Access.ApiKeys;

/// <summary>
/// <c>Authorization: Bearer dpk_...</c>. Asked for at every request, so that a revoked key is of no use at once. Services that tell of new objects can send no such
/// header, or only one of a name of their own: at their addresses, and nowhere else, a key may also come in <see cref="Header"/> or in the query.
/// </summary>
internal sealed class ApiKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeyStore keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";

    /// <summary>For senders of events: EventBridge, and the delivery headers of Event Grid.</summary>
    public const string Header = "X-DocPipeline-Key";

    /// <summary>For senders of events that can send no header: Event Grid while it asks whether events are wanted.</summary>
    public const string Parameter = "key";

    /// <summary>Whether the request brings a key, right or wrong. It is judged by it alone then, even if it brings a cookie too.</summary>
    public static bool IsMeant(HttpRequest request) => request.Headers.Authorization.Count > 0 || OfSender(request) is not null;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if ((Request.Headers.Authorization.Count > 0 ? OfCredentials(Request) : OfSender(Request)) is not { } text)
        {
            return AuthenticateResult.Fail("Authorization takes: Bearer, a blank and an API key.");
        }

        if (await keys.FindAsync(text, Context.RequestAborted) is not { } key)
        {
            return AuthenticateResult.Fail("The API key is not known, has expired or was revoked.");
        }

        // No role: pages for people are closed to keys, whatever their scopes.
        var identity = new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, key.Id.ToString()), new(ClaimTypes.Name, "key " + key.Id), .. key.Scopes.Select(scope => new Claim(ApiScopes.ClaimType, scope))],
            SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    private static string? OfCredentials(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var credentials) && string.Equals(credentials.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase)
            ? credentials.Parameter
            : null;

    private static string? OfSender(HttpRequest request) =>
        !request.Path.StartsWithSegments(EventRoutes.Root, StringComparison.Ordinal) ? null
        : request.Headers[Header].FirstOrDefault() ?? request.Query[Parameter].FirstOrDefault();

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer realm=\"DocPipeline\"";
        return base.HandleChallengeAsync(properties);
    }
}
