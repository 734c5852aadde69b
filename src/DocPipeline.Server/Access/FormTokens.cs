using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace DocPipeline.Server.Access;

/// <summary>
/// Nothing that a browser does by itself may change anything: every request that is no reading one and comes with our cookie, or with no credentials at
/// all, needs the token of a page of ours. For every route, so that none can forget. A request with an API key brings nothing that a browser adds by itself.
/// </summary>
internal static class FormTokens
{
    public const string Header = "X-Form-Token";
    public const string Field = "__RequestVerificationToken";

    public static async Task RequireAsync(HttpContext context, RequestDelegate next, IAntiforgery antiforgery)
    {
        if (IsReading(context.Request.Method) || !IsByCookie(context) || await antiforgery.IsRequestValidAsync(context))
        {
            await next(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
    }

    private static bool IsReading(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    private static bool IsByCookie(HttpContext context) =>
        context.User.Identity is not { IsAuthenticated: true } identity || identity.AuthenticationType == CookieAuthenticationDefaults.AuthenticationScheme;
}
