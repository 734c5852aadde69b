using System.Globalization;
using System.Security.Claims;
using System.Text.Json.Nodes;
using DocPipeline.Server.Access.ApiKeys;
using DocPipeline.Server.Api.OpenApi;
using DocPipeline.Server.Api.Rows;
using DocPipeline.Server.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace DocPipeline.Server.Api;

/// <summary>Who is told about changes. What is there and what became of each message are collections.</summary>
internal static class WebhookRoutes
{
    private const string Tag = "Webhooks";

    public static void MapWebhooks(this IEndpointRouteBuilder api)
    {
        var webhooks = api.MapGroup("webhooks").RequireAuthorization(ApiScopes.PolicyOf(ApiScopes.Webhooks));
        webhooks.MapPost("", AddAsync).AddOpenApiOperationTransformer((operation, context, _) => DescribeAdd(operation, context.Document!));
        webhooks.MapDelete("{id:guid}", async (Guid id, HttpContext context, WebhookRegistry registry) =>
                await registry.RemoveAsync(id, context.RequestAborted) ? Results.NoContent() : Unknown(id))
            .AddOpenApiOperationTransformer((operation, context, _) => DescribeOne(
                operation, context.Document!, "removeWebhook", "Remove a webhook", "It gets nothing any more, and the record of what it got is deleted with it. To pause it, disable it.")
                .Replies(204, "It is removed.").Done());
        foreach (var isEnabled in new[] { true, false })
        {
            webhooks.MapPost(isEnabled ? "{id:guid}/enable" : "{id:guid}/disable", async (Guid id, HttpContext context, WebhookRegistry registry) =>
                    await registry.EnableAsync(id, isEnabled, context.RequestAborted) ? Results.NoContent() : Unknown(id))
                .AddOpenApiOperationTransformer((operation, context, _) => DescribeOne(
                    operation,
                    context.Document!,
                    isEnabled ? "enableWebhook" : "disableWebhook",
                    isEnabled ? "Enable a webhook" : "Disable a webhook",
                    isEnabled ? "It gets everything that it has not got yet, at once." : "It gets nothing until it is enabled, and then everything that it has not got.")
                    .Replies(204, isEnabled ? "It is enabled." : "It is disabled.").Done());
        }

        webhooks.MapPost("{id:guid}/replay", ReplayAsync).AddOpenApiOperationTransformer((operation, context, _) => DescribeReplay(operation, context.Document!));
    }

    private static async Task<IResult> AddAsync(HttpContext context, WebhookRegistry registry)
    {
        var (webhook, problem) = await ApiJson.ReadAsync<NewWebhook>(context);
        if (webhook is null)
        {
            return problem!;
        }

        var mistakes = new List<Mistake>();
        if (AddressGuard.FaultOf(webhook.Url) is { } fault)
        {
            mistakes.Add(new("url", fault));
        }

        if (webhook.Types is { } types && (types.Count == 0 || types.Except(WebhookRegistry.Topics).Any()))
        {
            mistakes.Add(new("types", $"It takes some of {string.Join(", ", WebhookRegistry.Topics)}, or is left out for all of them."));
        }

        if (mistakes.Count > 0)
        {
            return Problems.InvalidParameters(mistakes);
        }

        var (id, secret) = await registry.AddAsync(webhook.Url, webhook.Types, context.User.Identity!.Name!, context.RequestAborted);
        context.Response.Headers.Location = $"/api/v1/webhooks/{id}";
        return ApiJson.Reply(new AddedWebhook(id, secret), StatusCodes.Status201Created);
    }

    private static async Task<IResult> ReplayAsync(Guid id, HttpContext context, WebhookRegistry registry)
    {
        var (replay, problem) = await ApiJson.ReadAsync<Replay>(context);
        return replay is null ? problem!
            : ParameterValue.Parse(ColumnType.Time, replay.From) is not DateTime from ? Problems.InvalidParameters([new("from", $"It takes {ParameterValue.Shape(ColumnType.Time)}.")])
            : await registry.ReplayAsync(id, from, context.RequestAborted) is { } messages ? ApiJson.Reply(new Replayed(messages))
            : Unknown(id);
    }

    private static IResult Unknown(Guid id) => Problems.NotFound($"There is no webhook with the id {id.ToString("D", CultureInfo.InvariantCulture)}.");

    private static Task DescribeAdd(OpenApiOperation operation, OpenApiDocument document)
    {
        operation.Says(
                document,
                "addWebhook",
                Tag,
                "Add a webhook",
                "From now on every change is posted there, in order, until it answers 2xx: {\"type\", \"timestamp\", \"data\"}, signed as Standard Webhooks has it. A message may come more than once, always with the same webhook-id and the same bytes.")
            .Replies(
                201,
                "It is there. The secret is shown this once.",
                Schemas.Closed(Schemas.Object("A new webhook.", ("webhook_id", Schemas.Of(ColumnType.Uuid)), ("secret", Schemas.Text("whsec_ and the base64 of the key of the HMAC-SHA256.")))),
                new JsonObject { ["webhook_id"] = "0f8b6f9e-4f0a-4d6e-8b1c-2f3b5f0c9a11", ["secret"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=" })
            .Refuses(document, (400, "The body cannot be used."));
        operation.RequestBody = Body(
            Schemas.Object(
                "A webhook.",
                ("url", Schemas.Text("Where to: https, and a public address, unless the operator allows others.")),
                ("types", new OpenApiSchema
                {
                    Type = JsonSchemaType.Array | JsonSchemaType.Null,
                    Description = "Only these; without it all.",
                    Items = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. WebhookRegistry.Topics.Select(topic => (JsonNode)JsonValue.Create(topic)!)] },
                })),
            new JsonObject { ["url"] = "https://claims.example.org/hooks", ["types"] = new JsonArray("submission.accepted", "submission.reviewed") });
        return Task.CompletedTask;
    }

    private static Task DescribeReplay(OpenApiOperation operation, OpenApiDocument document)
    {
        DescribeOne(operation, document, "replayWebhook", "Replay", "Sends everything again that happened at that time or later, in its order, dead letters too.")
            .Replies(
                200,
                "It is owed again.",
                Schemas.Closed(Schemas.Object("A replay.", ("messages", new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "How many messages the webhook is owed now." }))),
                new JsonObject { ["messages"] = 12 })
            .Refuses(document, (400, "The body cannot be used."));
        operation.RequestBody = Body(Schemas.Object("A replay.", ("from", Schemas.Of(ColumnType.Time))), new JsonObject { ["from"] = "2026-01-05T00:00:00Z" });
        return Task.CompletedTask;
    }

    private static OpenApiOperation DescribeOne(OpenApiOperation operation, OpenApiDocument document, string id, string summary, string description) => operation
        .Says(document, id, Tag, summary, description)
        .Takes("id", "Its webhook_id.", Schemas.Of(ColumnType.Uuid), place: ParameterLocation.Path)
        .Refuses(document, (404, "There is no such webhook."));

    private static OpenApiRequestBody Body(OpenApiSchema schema, JsonNode example) => new()
    {
        Required = true,
        Description = schema.Description,
        Content = new Dictionary<string, OpenApiMediaType> { [OperationDescription.Json] = new() { Schema = schema, Example = example } },
    };

    private static Task Done(this OpenApiOperation _) => Task.CompletedTask;

    private sealed record NewWebhook(string Url, IReadOnlyList<string>? Types = null);

    private sealed record AddedWebhook(Guid WebhookId, string Secret);

    private sealed record Replay(string From);

    private sealed record Replayed(long Messages);
}
