using DocPipeline.Review;
using DocPipeline.Server.Access;
using DocPipeline.Server.Access.ApiKeys;
using DocPipeline.Server.Access.OpenId;
using DocPipeline.Server.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DocPipeline.Server.Web;

/// <summary>The pages for people.</summary>
internal static class PagesHosting
{
    public static IServiceCollection AddReviewPages(this IServiceCollection services, ServerSettings settings)
    {
        services
            .AddSingleton(new ReviewOptions
            {
                FourEyesAbove = settings.FourEyesAbove > 0 ? settings.FourEyesAbove : null,
                Within = TimeSpan.FromHours(settings.ReviewHours),
                Hold = TimeSpan.FromSeconds(settings.HoldSeconds),
            })
            .AddSingleton(new QualityOptions { Share = settings.QualityShare, Target = settings.QualityTarget })
            .AddSingleton<QualitySamples>()
            .AddHostedService<DrawSamples>()
            .AddSingleton<QueueItems>()
            .AddSingleton<LiveQueue>()
            .AddSingleton<ReplayDead>()
            .AddSingleton<ReviewCases>()
            .AddSingleton<ReviewDesk>()
            .AddHostedService<PreparePictures>()
            .AddRazorPages(pages =>
            {
                pages.RootDirectory = "/Web";
                pages.Conventions.AuthorizePage("/Api", ApiScopes.PolicyOf(ApiScopes.Read));
            });
        return services;
    }

    public static WebApplication MapReviewPages(this WebApplication app)
    {
        Assets.Map(app);
        // A page shows itself for whatever method it is asked with, unless it is told.
        app.MapRazorPages().WithMetadata(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head, HttpMethods.Post]));
        app.MapGet("/", () => Results.LocalRedirect(PagePaths.Queue)).RequireAuthorization(Roles.Reader);
        CaseRoutes.Map(app);
        LiveQueue.Map(app);
        app.MapOpenId();
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
