using DocPipeline.Server.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DocPipeline.Server.Web;

/// <summary>The pages for people.</summary>
internal static class PagesHosting
{
    public static IServiceCollection AddReviewPages(this IServiceCollection services)
    {
        services.AddRazorPages(pages => pages.RootDirectory = "/Web");
        return services;
    }

    public static WebApplication MapReviewPages(this WebApplication app)
    {
        Assets.Map(app);
        app.MapRazorPages();
        app.MapGet("/", () => Results.LocalRedirect(PagePaths.Status)).RequireAuthorization(Roles.Reader);
        app.MapPost(PagePaths.SignOut, SignOutAsync).RequireAuthorization(Roles.Reader);
        return app;
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, AccessEvents events)
    {
        await events.AddAsync(context.User.Identity!.Name!, context.Connection.RemoteIpAddress?.ToString(), AccessEvents.SignedOut);
        await context.SignOutAsync();
        return Results.LocalRedirect(PagePaths.SignIn);
    }
}
