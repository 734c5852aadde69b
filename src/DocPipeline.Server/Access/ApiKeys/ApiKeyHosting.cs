using DocPipeline.Server.Events;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace DocPipeline.Server.Access.ApiKeys;

internal static class ApiKeyHosting
{
    /// <summary>The default scheme: a request that brings a key is judged by its key, a message of SNS by its signature, any other by its cookie.</summary>
    public const string CookieOrKey = "CookieOrKey";

    public static AuthenticationBuilder AddApiKeys(this AuthenticationBuilder authentication)
    {
        authentication.Services.AddSingleton<ApiKeyStore>();
        return authentication
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, configureOptions: null)
            .AddScheme<AuthenticationSchemeOptions, SnsHandler>(SnsHandler.SchemeName, configureOptions: null)
            .AddPolicyScheme(CookieOrKey, displayName: null, options => options.ForwardDefaultSelector = context =>
                ApiKeyHandler.IsMeant(context.Request) ? ApiKeyHandler.SchemeName
                : SnsHandler.IsMeant(context.Request) ? SnsHandler.SchemeName
                : CookieAuthenticationDefaults.AuthenticationScheme);
    }

    /// <summary>One policy for each scope: a key that has it, or a person of its role.</summary>
    public static AuthorizationBuilder AddApiPolicies(this AuthorizationBuilder authorization)
    {
        foreach (var (scope, role) in ApiScopes.All)
        {
            var roles = Roles.AtLeast(role);
            authorization.AddPolicy(ApiScopes.PolicyOf(scope), policy => policy.RequireAuthenticatedUser()
                .RequireAssertion(context => context.User.HasClaim(ApiScopes.ClaimType, scope) || roles.Any(context.User.IsInRole)));
        }

        return authorization;
    }
}
