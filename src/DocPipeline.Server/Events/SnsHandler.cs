using System.Security.Claims;
using System.Text.Encodings.Web;
using DocPipeline.Aws.Events;
using DocPipeline.Server.Access.ApiKeys;
using DocPipeline.Server.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace DocPipeline.Server.Events;

/// <summary>A message that SNS signed for a topic of ours may do what a key with the scope <c>events</c> may.</summary>
internal sealed class SnsHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, S3EventDoor door)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Sns";

    public static bool IsMeant(HttpRequest request) =>
        request.Path == EventRoutes.S3 && HttpMethods.IsPost(request.Method) && request.Headers.ContainsKey("x-amz-sns-message-type");

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (await door.RefusalAsync(await MessageBody.ReadAsync(Context), Context.RequestAborted) is { } refusal)
        {
            return AuthenticateResult.Fail(refusal);
        }

        var identity = new ClaimsIdentity([new(ClaimTypes.Name, "sns"), new(ApiScopes.ClaimType, ApiScopes.Events)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    // Whoever set the topic up reads in its delivery log why it is not believed.
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties) =>
        await Problems.Of(StatusCodes.Status403Forbidden, EventRoutes.NotBelieved, (await HandleAuthenticateOnceSafeAsync()).Failure?.Message ?? "").ExecuteAsync(Context);
}
