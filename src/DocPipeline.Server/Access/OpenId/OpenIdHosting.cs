using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DocPipeline.Server.Access.OpenId;

internal static class OpenIdHosting
{
    /// <summary>Where the sign-in page's link leads.</summary>
    public const string Path = "/sign-in/openid";

    private const string CallbackPath = Path + "/callback";
    private const int LongestAnswer = 256 * 1024;

    /// <summary>Begun longer ago, a sign-in does not count.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Nothing, if no provider is configured.</summary>
    public static AuthenticationBuilder AddOpenId(this AuthenticationBuilder authentication, OpenIdSettings settings)
    {
        authentication.Services.AddSingleton(settings);
        if (!settings.IsOn)
        {
            return authentication;
        }

        authentication.Services.AddSingleton<ProvidedAccounts>();
        return authentication.AddOAuth<OAuthOptions, OpenIdHandler>(OpenIdHandler.SchemeName, options =>
        {
            options.SignInScheme = CookieAuthenticationDefaults.AuthenticationScheme;
            options.ClaimsIssuer = settings.Issuer;
            options.ClientId = settings.ClientId!;
            options.ClientSecret = settings.ClientSecret!;
            options.AuthorizationEndpoint = settings.AuthorizationEndpoint!;
            options.TokenEndpoint = settings.TokenEndpoint!;
            options.UserInformationEndpoint = settings.UserInfoEndpoint!;
            options.CallbackPath = CallbackPath;
            options.UsePkce = true;
            options.Scope.Clear();
            foreach (var scope in settings.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                options.Scope.Add(scope);
            }

            // The secret and the token go where the settings say, not where an answer would like to have them.
            var network = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
            options.Backchannel = new HttpClient(new FailingService(network))
            {
                Timeout = TimeSpan.FromSeconds(settings.TimeoutSeconds),
                MaxResponseContentBufferSize = LongestAnswer,
            };
            options.RemoteAuthenticationTimeout = Patience;
            options.CorrelationCookie.Name = "docpipeline-openid.";
            // Lax: the provider leads back with a link. None would need TLS, which the loopback has not.
            options.CorrelationCookie.SameSite = SameSiteMode.Lax;
            options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
    }

    public static void MapOpenId(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, (string? to, OpenIdSettings settings) => settings.IsOn
            ? Results.Challenge(new() { RedirectUri = RedirectHttpResult.IsLocalUrl(to) ? to : "/" }, [OpenIdHandler.SchemeName])
            : Results.NotFound()).AllowAnonymous();

    /// <summary>A service that answers 5xx has not answered: what it says then is no refusal of anybody.</summary>
    private sealed class FailingService(HttpMessageHandler network) : DelegatingHandler(network)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if ((int)answer.StatusCode < StatusCodes.Status500InternalServerError)
            {
                return answer;
            }

            answer.Dispose();
            throw new HttpRequestException($"{request.RequestUri} answered {(int)answer.StatusCode}.");
        }
    }
}
