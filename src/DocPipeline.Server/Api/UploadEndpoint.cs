using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using DocPipeline.Documents;
using DocPipeline.Ingest;
using DocPipeline.Query;
using DocPipeline.Server.Access.ApiKeys;
using DocPipeline.Server.Api.OpenApi;
using DocPipeline.Server.Api.Rows;
using DocPipeline.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using Npgsql;

namespace DocPipeline.Server.Api;

/// <summary>
/// Hands one file in, through the same door as the watched folder. The body is the file: it goes to the disk as it comes, and never more than the limit.
/// </summary>
/// <remarks>
/// Safe to repeat, with or without <c>Idempotency-Key</c>: the same bytes under the same name are the same submission. With the key, bytes that were
/// handed in under it before are compared and not stored; other bytes or another name under the same key are refused, for one of the two files would get lost.
/// </remarks>
internal static class UploadEndpoint
{
    /// <summary>The bucket of everything that comes by this way.</summary>
    public const string Bucket = "upload";

    private const string IdempotencyKey = "Idempotency-Key";
    private const int LongestKey = 255;

    public static void MapUpload(this IEndpointRouteBuilder api) => api
        .MapPost("submissions", UploadAsync)
        .RequireAuthorization(ApiScopes.PolicyOf(ApiScopes.Upload))
        .AddOpenApiOperationTransformer((operation, context, _) => Describe(operation, context.Document!));

    private static async Task<IResult> UploadAsync(HttpContext context, SubmissionIntake intake, NpgsqlDataSource database, ServerSettings settings)
    {
        var (incoming, mistakes) = Read(context);
        if (mistakes.Count > 0)
        {
            return Problems.InvalidParameters(mistakes);
        }

        if (context.Request.ContentLength > settings.MaxFileBytes)
        {
            return Problems.Of(StatusCodes.Status413PayloadTooLarge, "http", $"The file is larger than {settings.MaxFileMegabytes} MB. Split it or raise the limit.");
        }

        // Whatever the client says about the length: a body that is too large ends with 413 before the door has recorded anything.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = settings.MaxFileBytes;
        using var hash = SHA256.Create();
        await using var body = new CryptoStream(context.Request.Body, hash, CryptoStreamMode.Read, leaveOpen: true);
        var result = await intake.AcceptAsync(incoming, body, context.RequestAborted);
        var submission = await new SubmissionQueries(database).FindAsync(result.Submission, context.RequestAborted)
            ?? throw new InvalidOperationException($"Submission {result.Submission} was accepted and is not there.");
        if (result.Outcome == IntakeOutcome.KnownEvent)
        {
            // The door may not have read it at all: the key was enough.
            await body.CopyToAsync(Stream.Null, context.RequestAborted);
            if (submission.Key != incoming.Key || submission.Content?.Value != Convert.ToHexStringLower(hash.Hash!))
            {
                return Problems.Of(
                    StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused", $"This {IdempotencyKey} came with another file before, submission {result.Submission}. Send this file with a key of its own.");
            }
        }

        context.Response.Headers.Location = $"/api/v1/submissions/{result.Submission}";
        return ApiJson.Reply(
            new UploadReply(result.Submission.Value, result.Outcome == IntakeOutcome.New, submission.State, submission.ReasonCode, submission.DuplicateOf?.Value),
            result.Outcome == IntakeOutcome.New ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static (IncomingObject Incoming, IReadOnlyList<Mistake> Mistakes) Read(HttpContext context)
    {
        var mistakes = context.Request.Query.Keys.Where(name => name != "name").Select(name => new Mistake(name, "There is no such parameter. There are: name.")).ToList();
        var key = context.Request.Headers[IdempotencyKey].ToString();
        if (key.Length > LongestKey)
        {
            mistakes.Add(new(IdempotencyKey, $"It takes at most {LongestKey} characters."));
        }

        // Keys of one caller are nobody else's.
        var incoming = new IncomingObject(
            "api:" + context.User.FindFirstValue(ClaimTypes.NameIdentifier), key.Length > 0 ? key : Guid.NewGuid().ToString(), Bucket, context.Request.Query["name"].ToString(), Version: null);
        if (context.Request.Query["name"] is not [{ Length: > 0 }])
        {
            mistakes.Add(new("name", "It takes the name of the file, once, such as name=claim.pdf."));
        }
        else if (incoming.Fault is { } fault)
        {
            mistakes.Add(new("name", fault));
        }

        return (incoming, mistakes);
    }

    private static Task Describe(OpenApiOperation operation, OpenApiDocument document)
    {
        var schema = Schemas.Closed(Schemas.Object(
            "What became of the file at the door. Follow it at /api/v1/submissions/{id}, by a webhook or in the changes.",
            ("submission_id", Schemas.Of(ColumnType.Uuid)),
            ("is_new", new OpenApiSchema { Type = JsonSchemaType.Boolean, Description = "False: the same file was handed in under the same name before." }),
            ("state", Schemas.Of(Collections.Submissions.ColumnOf("state"))),
            ("reason_code", Schemas.Of(Collections.Submissions.ColumnOf("reason_code"))),
            ("duplicate_of", Schemas.Of(Collections.Submissions.ColumnOf("duplicate_of")))));
        var example = new JsonObject { ["submission_id"] = "01a1fd9a-e706-7fb1-84cb-0408f47a2a09", ["is_new"] = true, ["state"] = "processing", ["reason_code"] = null, ["duplicate_of"] = null };
        operation.Says(
                document,
                "uploadSubmission",
                "Hand in",
                "Hand in a file",
                "The body is the file, as it is. Repeating the request does no harm. With an Idempotency-Key it is recognised by that key, and the file is not stored again.")
            .Takes("name", "Name of the file; with / between the parts of a path.", new OpenApiSchema { Type = JsonSchemaType.String }, "claims/claim-form.pdf", isRequired: true)
            .Takes(IdempotencyKey, "Any text that only this upload has.", new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = LongestKey }, "6f1c1d34-52f0-4a0e-9a57-0c7d3c7d0c3b", ParameterLocation.Header)
            .Replies(201, "It was taken in, and is being read.", schema, example)
            .Replies(200, "It is a submission already.", schema, example.DeepClone())
            .Refuses(document, (400, "A parameter is missing or cannot be used."), (413, "The file is larger than the server takes."), (422, "The Idempotency-Key came with another file before."));
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = "The bytes of the file: PDF, picture, text or mail. What it is, is told by its bytes; a content type is ignored.",
            Content = new Dictionary<string, OpenApiMediaType> { ["application/octet-stream"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } } },
        };
        return Task.CompletedTask;
    }

    private sealed record UploadReply(Guid SubmissionId, bool IsNew, string State, string? ReasonCode, Guid? DuplicateOf);
}
