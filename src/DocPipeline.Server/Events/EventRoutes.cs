using DocPipeline.Aws.Events;
using DocPipeline.Azure.Events;
using DocPipeline.Ingest;
using DocPipeline.Server.Access.ApiKeys;
using DocPipeline.Server.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace DocPipeline.Server.Events;

/// <summary>Where buckets tell what was put into them. Answers 2xx only after everything is committed, and 503 for whatever may go well later.</summary>
/// <remarks>
/// A sender that does not wait for the answer changes nothing: what it told of is read to its end, and is known when it tells again. Only a server that is being
/// stopped breaks off.
/// </remarks>
internal static class EventRoutes
{
    public const string Root = "/events";
    public const string S3 = Root + "/s3";
    public const string EventGrid = Root + "/eventgrid";

    public const string NotBelieved = "sender-not-believed";

    private const string RetryAfterSeconds = "5";

    public static void MapEvents(this WebApplication app)
    {
        var policy = ApiScopes.PolicyOf(ApiScopes.Events);
        app.MapPost(S3, AnswerS3Async).RequireAuthorization(policy);
        app.MapPost(EventGrid, AnswerEventGridAsync).RequireAuthorization(policy);
        app.MapMethods(EventGrid, [HttpMethods.Options], AllowEventGrid).RequireAuthorization(policy);
    }

    private static async Task AnswerS3Async(HttpContext context, S3EventDoor door, IHostApplicationLifetime life) =>
        await AnswerAsync(context, await door.AnswerAsync(await MessageBody.ReadAsync(context), life.ApplicationStopping));

    private static async Task AnswerEventGridAsync(HttpContext context, EventGridDoor door, IHostApplicationLifetime life)
    {
        var reply = await door.AnswerAsync(await MessageBody.ReadAsync(context), life.ApplicationStopping);
        if (reply.ValidationCode is { } code)
        {
            await Results.Json(new { validationResponse = code }).ExecuteAsync(context);
            return;
        }

        await AnswerAsync(context, reply.Delivery);
    }

    /// <summary>The question of CloudEvents whether this address wants events: it does, from whoever has a key.</summary>
    private static IResult AllowEventGrid(HttpContext context)
    {
        if (context.Request.Headers["WebHook-Request-Origin"].ToString() is not { Length: > 0 } origin)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "http", "WebHook-Request-Origin is missing.");
        }

        context.Response.Headers["WebHook-Allowed-Origin"] = origin;
        context.Response.Headers["WebHook-Allowed-Rate"] = "*";
        context.Response.Headers.Allow = "POST";
        return Results.Ok();
    }

    private static Task AnswerAsync(HttpContext context, DeliveryReply reply)
    {
        var (name, detail) = reply.Verdict switch
        {
            DeliveryVerdict.Stranger => (NotBelieved, "The sender is not one of those that this server listens to."),
            DeliveryVerdict.Refused => ("invalid-event", "Part of the message cannot be used, and will not be when it comes again. The rest of it is taken in."),
            DeliveryVerdict.Later => ("unavailable", "Not everything could be read now. Send the message again; what is taken in already is recognised."),
            DeliveryVerdict.Broken => ("bucket-refuses", "The bucket refuses what we ask. Somebody has to mend our settings or permissions; then send the message again."),
            _ => ("", ""),
        };
        if (reply.Verdict == DeliveryVerdict.Later)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        var objects = reply.Objects.Select(one => new { key = one.Key, outcome = NameOf(one.Kind), submission_id = one.Result?.Submission.Value }).ToArray();
        var result = name.Length == 0
            ? Results.Json(new { objects, ignored = reply.Ignored.Count })
            : Problems.Of(reply.Status, name, detail, new() { ["problems"] = reply.Problems, ["objects"] = objects });
        return result.ExecuteAsync(context);
    }

    private static string NameOf(ObjectOutcomeKind kind) => kind switch
    {
        ObjectOutcomeKind.New => "new",
        ObjectOutcomeKind.Known => "known",
        ObjectOutcomeKind.Rejected => "rejected",
        ObjectOutcomeKind.Later => "later",
        _ => "failed",
    };
}
