using System.Security.Claims;
using DocPipeline.Server.Api.OpenApi;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace DocPipeline.Server.Access;

/// <summary>Signed-in sessions: a cookie that is asked for at every request, so that a closed account or a new role counts at once.</summary>
internal sealed class CookieSessions(Accounts accounts) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var id = context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier);
        var account = Guid.TryParse(id, out var parsed) ? await accounts.FindAsync(parsed, context.HttpContext.RequestAborted) : null;
        if (account is not { ClosedAt: null } || account.Stamp.ToString() != context.Principal!.FindFirstValue(Account.StampClaim))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        }
    }

    /// <summary>A person is led to the sign-in page and back; a script or a program is told.</summary>
    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context) =>
        IsNavigation(context.Request) ? base.RedirectToLogin(context) : Answer(context.Response, StatusCodes.Status401Unauthorized);

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context) => Answer(context.Response, StatusCodes.Status403Forbidden);

    /// <summary>Whether a person's browser asks for a page.</summary>
    public static bool IsNavigation(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && (!request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || request.Path == ApiPage.Path)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static Task Answer(HttpResponse response, int status)
    {
        response.StatusCode = status;
        return Task.CompletedTask;
    }
}
