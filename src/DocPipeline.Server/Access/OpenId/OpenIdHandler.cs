using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using DocPipeline.Server.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.Extensions.Options;

namespace DocPipeline.Server.Access.OpenId;

/// <summary>
/// Sign-in at a provider. State, PKCE and the exchange of the code are the framework's; ours are the brake, the question who it is, the account, and a page
/// for whatever goes wrong.
/// </summary>
internal sealed partial class OpenIdHandler(
    IOptionsMonitor<OAuthOptions> options, ILoggerFactory logger, UrlEncoder encoder, SignIns signIns, ProvidedAccounts accounts, OpenIdSettings settings)
    : OAuthHandler<OAuthOptions>(options, logger, encoder)
{
    public const string SchemeName = "OpenId";

    // An answer of the provider may quote what it was asked.
    private const int LongestLogged = 300;

    private bool _hasAsked;

    private string? Address => Context.Connection.RemoteIpAddress?.ToString();

    protected override async Task<HandleRequestResult> HandleRemoteAuthenticateAsync()
    {
        Exception failure;
        try
        {
            var result = await base.HandleRemoteAuthenticateAsync();
            if (result.Failure is null)
            {
                return result;
            }

            failure = result.Failure;
        }
        catch (Exception thrown) when (thrown is AuthenticationFailureException or HttpRequestException or TimeoutException or OperationCanceledException
            or JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            failure = thrown;
        }

        var problem = ProblemOf(failure);
        LogRefused(Logger, problem.Code, failure.Message.Length > LongestLogged ? failure.Message[..LongestLogged] : failure.Message);
        Response.Redirect($"{PagePaths.SignIn}?problem={problem.Code}");
        return HandleRequestResult.Handle();
    }

    /// <summary>Only who brings a state of ours gets here, and the provider is asked only if not too many have come in vain.</summary>
    protected override async Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context)
    {
        _hasAsked = true;
        return await signIns.BeginAsync(name: null, Address, Context.RequestAborted)
            ? await base.ExchangeCodeAsync(context)
            : OAuthTokenResponse.Failed(new SignInRefusedException(SignInProblem.TooMany, $"From {Address}."));
    }

    protected override async Task<AuthenticationTicket> CreateTicketAsync(ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        // 1. Who is it?
        using var request = new HttpRequestMessage(HttpMethod.Get, Options.UserInformationEndpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.AccessToken);
        request.Headers.Accept.Add(new("application/json"));
        using var answer = await Backchannel.SendAsync(request, Context.RequestAborted);
        answer.EnsureSuccessStatusCode();
        var person = ProvidedPerson.Parse(await answer.Content.ReadAsByteArrayAsync(Context.RequestAborted), settings);

        // 2. May they come in, and as what?
        var account = await accounts.EnterAsync(person, Address, Context.RequestAborted);

        // 3. A session that ends, used or not: what has changed at the provider is asked again.
        properties.AllowRefresh = false;
        return new(account.ToPrincipal(), properties, Scheme.Name);
    }

    private SignInProblem ProblemOf(Exception failure) => failure switch
    {
        SignInRefusedException refused => refused.Problem,
        HttpRequestException { StatusCode: not null } or HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => SignInProblem.Senseless,
        HttpRequestException or TimeoutException or OperationCanceledException => SignInProblem.Unreachable,
        _ when failure.Data["error"] is "access_denied" => SignInProblem.Denied,
        _ when failure.Data["error"] is "invalid_grant" => SignInProblem.Expired,
        _ when failure.Data["error"] is not null || _hasAsked => SignInProblem.Senseless,
        _ => SignInProblem.Foreign,
    };

    [LoggerMessage(LogLevel.Warning, "A sign-in at the provider was refused ({Problem}): {Detail}")]
    private static partial void LogRefused(ILogger logger, string problem, string detail);
}
