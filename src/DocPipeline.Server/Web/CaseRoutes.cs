using System.Security.Claims;
using DocPipeline.Documents;
using DocPipeline.Pages;
using DocPipeline.Query;
using DocPipeline.Review;
using DocPipeline.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace DocPipeline.Server.Web;

/// <summary>What the workbench asks for beside its page: pictures and words of pages, signs of life, the next document.</summary>
internal static class CaseRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/review/{id:guid}/pages/{page:int}/picture", PictureAsync).RequireAuthorization(Roles.Reader);
        routes.MapGet("/review/{id:guid}/pages/{page:int}/words", WordsAsync).RequireAuthorization(Roles.Reader);
        routes.MapPost("/review/{id:guid}/hold", HoldAsync).RequireAuthorization(Roles.Reviewer);
        routes.MapPost("/review/{id:guid}/release", ReleaseAsync).RequireAuthorization(Roles.Reviewer);
        routes.MapGet(PagePaths.Next, NextAsync).RequireAuthorization(Roles.Reviewer);
        routes.MapGet("/review/{id:guid}/following", FollowingAsync).RequireAuthorization(Roles.Reviewer);
    }

    private static async Task<IResult> PictureAsync(
        Guid id, int page, HttpContext context, NpgsqlDataSource database, PageReader pages, AccessEvents events, CancellationToken cancellationToken)
    {
        if ((await new SubmissionQueries(database).FindAsync(new(id), cancellationToken))?.Content is not { } content)
        {
            return Results.NotFound();
        }

        string path;
        try
        {
            path = await pages.PictureAsync(content, page, cancellationToken);
        }
        catch (Exception exception) when (exception is DocumentFault or ArgumentOutOfRangeException)
        {
            return Results.NotFound();
        }

        await events.AddAsync(context.User.Identity!.Name!, Address(context), AccessEvents.PictureSeen, new SubmissionId(id), $"page {page}", cancellationToken);
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ResponseHeaders.DocumentContentSecurityPolicy;
        // Long enough for turning pages back and for what is fetched ahead.
        headers.CacheControl = "private, max-age=300";
        headers.Remove("Pragma");
        return Results.File(path, "image/jpeg");
    }

    private static async Task<IResult> WordsAsync(Guid id, int page, NpgsqlDataSource database, PageReader pages, CancellationToken cancellationToken)
    {
        var content = (await new SubmissionQueries(database).FindAsync(new(id), cancellationToken))?.Content;
        return content is { } known && await pages.FindPageAsync(known, page, cancellationToken) is { } found
            ? Results.Json(found.Words.Select(word => new { text = word.Text, box = (double[])[word.Box.X0, word.Box.Y0, word.Box.X1, word.Box.Y1] }))
            : Results.NotFound();
    }

    private static async Task<IResult> HoldAsync(Guid id, ClaimsPrincipal user, ReviewDesk desk, CancellationToken cancellationToken) =>
        await desk.TakeAsync(new(id), user.Identity!.Name!, force: false, cancellationToken) ? Results.NoContent() : Results.Conflict();

    private static async Task<IResult> ReleaseAsync(Guid id, ClaimsPrincipal user, ReviewDesk desk, CancellationToken cancellationToken)
    {
        await desk.ReleaseAsync(new(id), user.Identity!.Name!, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> NextAsync(Guid? after, string? done, ClaimsPrincipal user, QueueItems queue, CancellationToken cancellationToken)
    {
        var last = after is { } id ? new SubmissionId(id) : (SubmissionId?)null;
        return await queue.PeekAsync(user.Identity!.Name!, last, cancellationToken) is { } next
            ? Results.LocalRedirect($"{PagePaths.Case(next)}?next=true")
            : Results.LocalRedirect($"{PagePaths.Queue}?done={(done == "recorded" ? done : "empty")}");
    }

    /// <summary>The first picture of what would come after this one, so that it is there before the person is.</summary>
    private static async Task<IResult> FollowingAsync(Guid id, ClaimsPrincipal user, QueueItems queue, CancellationToken cancellationToken) =>
        await queue.PeekAsync(user.Identity!.Name!, new SubmissionId(id), cancellationToken) is { } next
            ? Results.Json(new { picture = PagePaths.Picture(next, 1) })
            : Results.NoContent();

    private static string? Address(HttpContext context) => context.Connection.RemoteIpAddress?.ToString();
}
