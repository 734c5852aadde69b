using DocPipeline.Server.Access.ApiKeys;
using DocPipeline.Server.Access.OpenId;
using DocPipeline.Server.Web;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DocPipeline.Server.Access;

/// <summary>
/// Who may what. Add first, map before everything else: what is mapped later is behind it. A route without a policy is closed to everybody.
/// </summary>
internal static class AccessHosting
{
    public static IServiceCollection AddAccess(this IServiceCollection services, OpenIdSettings provider)
    {
        services
            .AddSingleton<Accounts>()
            .AddSingleton<AccessEvents>()
            .AddSingleton<SignIns>()
            .AddSingleton<CookieSessions>()
            .AddSingleton<CookieKeys>()
            .AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
                new ConfigureOptions<KeyManagementOptions>(keys => keys.XmlRepository = provider.GetRequiredService<CookieKeys>()))
            .AddAntiforgery(tokens =>
            {
                tokens.HeaderName = FormTokens.Header;
                tokens.FormFieldName = FormTokens.Field;
                tokens.Cookie.Name = "docpipeline-form";
                tokens.Cookie.SameSite = SameSiteMode.Strict;
                tokens.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                // Said for all answers at once: ResponseHeaders.
                tokens.SuppressXFrameOptionsHeader = true;
            })
            .AddRateLimiter(limits =>
            {
                limits.GlobalLimiter = RequestLimits.Create();
                limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
                limits.OnRejected = RequestLimits.SayWhenAsync;
            });
        services.AddDataProtection().SetApplicationName("DocPipeline");
        services.AddAuthentication(ApiKeyHosting.CookieOrKey).AddApiKeys().AddOpenId(provider).AddCookie(cookie =>
        {
            cookie.Cookie.Name = "docpipeline-session";
            cookie.Cookie.HttpOnly = true;
            // Lax: a link from a mail opens the page signed in; whatever changes something needs a form token anyway.
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = TimeSpan.FromHours(8);
            cookie.SlidingExpiration = true;
            cookie.LoginPath = PagePaths.SignIn;
            cookie.ReturnUrlParameter = "to";
            cookie.EventsType = typeof(CookieSessions);
        });
        var authorization = services.AddAuthorizationBuilder().AddApiPolicies();
        foreach (var role in Roles.All)
        {
            authorization.AddPolicy(role, policy => policy.RequireRole(Roles.AtLeast(role)));
        }

        // A route that does not say who may use it is for nobody. Where there is no route (for this method), those who are known are told so, and to others it is as closed.
        authorization.SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(context => (context.Resource as HttpContext)?.GetEndpoint() is not RouteEndpoint).Build());
        return services;
    }

    public static WebApplication MapAccess(this WebApplication app)
    {
        app.Use(ResponseHeaders.SetAsync);
        app.UseWhen(
            context => CookieSessions.IsNavigation(context.Request) || (context.Request.HasFormContentType && !context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)),
            pages => pages.UseExceptionHandler(PagePaths.Problem).UseStatusCodePagesWithReExecute(PagePaths.Problem, "?status={0}"));
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.Use((context, next) => FormTokens.RequireAsync(context, next, context.RequestServices.GetRequiredService<Microsoft.AspNetCore.Antiforgery.IAntiforgery>()));
        return app;
    }
}
