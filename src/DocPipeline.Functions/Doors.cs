using System.Net;
using System.Text.Json;
using DocPipeline.Aws.Events;
using DocPipeline.Azure.Events;
using DocPipeline.Documents;
using DocPipeline.Ingest;
using DocPipeline.Pages.Ocr;
using DocPipeline.Reconcile;
using DocPipeline.Review;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;

namespace DocPipeline.Functions;

/// <summary>What a reviewer sends; who it is comes from the platform's sign-in, never from the body.</summary>
/// <param name="Version">Of the submission that the person saw: with it, a request that got no answer may be repeated. Null: whatever stands now.</param>
public sealed record ReviewRequest(
    string Decision, string? Note, IReadOnlyList<FieldCorrection>? Corrections, IReadOnlyList<CellCorrection>? Cells, IReadOnlyList<PageGroup>? Documents, int? Version);

/// <summary>Everything that comes from outside: blobs, decisions, replays, probes.</summary>
public sealed class Doors(
    SubmissionIntake intake, S3EventDoor s3, EventGridDoor eventGrid, OpenSubmissions submissions, ReviewDesk desk, PendingDecisions decisions, OcrPool ocr, ShellSettings settings, TimeProvider time)
{
    // Set by App Service authentication, which removes it from what clients send.
    private const string Principal = "X-MS-CLIENT-PRINCIPAL-NAME";

    /// <summary>Takes a blob in. Its content is its version; every delivery is an event of its own, so an overwritten blob is never taken for the one before.</summary>
    [Function("blob-arrived")]
    public async Task BlobAsync(
        [BlobTrigger("%DOCPIPELINE_CONTAINER%/{name}", Source = BlobTriggerSource.EventGrid, Connection = "DOCPIPELINE_STORAGE")] Stream content,
        string name, FunctionContext function, [DurableClient] DurableTaskClient client, CancellationToken stop)
    {
        var bucket = "blob:" + settings.Container;
        var taken = await intake.AcceptAsync(new(bucket, function.InvocationId, bucket, name, Version: null), content, stop);
        await BeginAsync(taken.Submission, client, stop);
    }

    /// <summary>What S3 says was put into its bucket: as it is, by SNS, SQS or EventBridge.</summary>
    [Function("s3-told")]
    public async Task<HttpResponseData> S3Async(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "events/s3")] HttpRequestData request, [DurableClient] DurableTaskClient client, CancellationToken stop) =>
        await AnswerAsync(request, await s3.AnswerAsync(await ReadAsync(request, stop), stop), client, stop);

    /// <summary>What Event Grid says was put into the container, in both of its schemas, and its question whether it may.</summary>
    [Function("event-grid-told")]
    public async Task<HttpResponseData> EventGridAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", "options", Route = "events/eventgrid")] HttpRequestData request, [DurableClient] DurableTaskClient client, CancellationToken stop)
    {
        if (request.Method == "OPTIONS")
        {
            var allowed = request.CreateResponse(HttpStatusCode.OK);
            allowed.Headers.Add("WebHook-Allowed-Origin", request.Headers.TryGetValues("WebHook-Request-Origin", out var origins) ? origins.First() : "*");
            return allowed;
        }

        var reply = await eventGrid.AnswerAsync(await ReadAsync(request, stop), stop);
        if (reply.ValidationCode is not { } code)
        {
            return await AnswerAsync(request, reply.Delivery, client, stop);
        }

        var answer = await AnswerAsync(request, HttpStatusCode.OK, JsonSerializer.Serialize(new { validationResponse = code }));
        answer.Headers.Add("Content-Type", "application/json");
        return answer;
    }

    /// <summary>A decision: written down by the desk, with all its rules, then raised.</summary>
    [Function("decide")]
    public async Task<HttpResponseData> DecideAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "reviews/{id:guid}")] HttpRequestData request, Guid id, [DurableClient] DurableTaskClient client, CancellationToken stop)
    {
        if (By(request) is not { } by)
        {
            return await AnswerAsync(request, HttpStatusCode.Unauthorized, "A decision needs a person who is signed in.");
        }

        var submission = new SubmissionId(id);
        DeskAnswer answer;
        try
        {
            var sent = await JsonSerializer.DeserializeAsync<ReviewRequest>(request.Body, DocumentJson.Options, stop) ?? throw new JsonException("The body is empty.");
            answer = sent.Decision == ReviewDesk.Return
                ? await desk.ReturnAsync(submission, sent.Version, approval: null, by, sent.Note, stop)
                : await desk.DecideAsync(submission, sent.Version, new(sent.Decision, by, time.GetUtcNow(), sent.Note, sent.Corrections ?? [], sent.Cells, sent.Documents), stop);
        }
        catch (Exception wrong) when (wrong is JsonException or DecisionFault)
        {
            return await AnswerAsync(request, HttpStatusCode.BadRequest, wrong.Message);
        }

        if (answer.Result == DeskResult.Recorded && await decisions.FindAsync(submission, stop) is { } pending)
        {
            await client.RaiseAsync(submission, pending, stop);
        }

        return answer.Result switch
        {
            DeskResult.Recorded => await AnswerAsync(request, HttpStatusCode.Accepted, "Recorded."),
            DeskResult.NeedsAnother => await AnswerAsync(request, HttpStatusCode.Accepted, "Recorded as the first of two approvals: another person has to approve as well."),
            DeskResult.SamePerson => await AnswerAsync(request, HttpStatusCode.Conflict, "You have approved it already: the second one must be somebody else."),
            DeskResult.Held => await AnswerAsync(request, HttpStatusCode.Conflict, $"{answer.Who} is working on it."),
            DeskResult.TooLate => await AnswerAsync(request, HttpStatusCode.Conflict, $"The submission does not wait for this decision; last changed by {answer.Who}."),
            _ => await AnswerAsync(request, HttpStatusCode.NotFound, "There is no such submission."),
        };
    }

    /// <summary>Begins the workflow of a dead submission again, once its cause is gone. Steps whose results are kept by content are not done again.</summary>
    [Function("replay-dead")]
    public async Task<HttpResponseData> ReplayAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "dead/{id:guid}/replay")] HttpRequestData request, Guid id, [DurableClient] DurableTaskClient client, CancellationToken stop)
    {
        var submission = new SubmissionId(id);
        if (await submissions.ReplayAsync(submission, $"operator {By(request) ?? "with the admin key"}", stop) is not { } input)
        {
            return await AnswerAsync(request, HttpStatusCode.Conflict, "The submission is not dead.");
        }

        await client.BeginAsync(input, stop);
        return await AnswerAsync(request, HttpStatusCode.Accepted, "Begun again.");
    }

    [Function("health")]
    public async Task<HttpResponseData> HealthAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequestData request, CancellationToken stop)
    {
        try
        {
            await submissions.ListAsync(TimeSpan.FromDays(1), stop);
            await ocr.CheckAsync(stop);
            return await AnswerAsync(request, HttpStatusCode.OK, "ok");
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            return await AnswerAsync(request, HttpStatusCode.ServiceUnavailable, exception.GetType().Name);
        }
    }

    private async Task BeginAsync(SubmissionId submission, DurableTaskClient client, CancellationToken stop)
    {
        if (await submissions.InputAsync(submission, stop) is { } input)
        {
            await client.BeginAsync(input, stop);
        }
    }

    /// <summary>Workflows of what was taken in begin before the sender is answered, and so do those of what was known: a start may have been lost.</summary>
    private async Task<HttpResponseData> AnswerAsync(HttpRequestData request, DeliveryReply reply, DurableTaskClient client, CancellationToken stop)
    {
        foreach (var taken in reply.Objects.Select(one => one.Result).OfType<IntakeResult>())
        {
            await BeginAsync(taken.Submission, client, stop);
        }

        return await AnswerAsync(request, (HttpStatusCode)reply.Status, string.Join('\n', reply.Problems));
    }

    /// <summary>The body, and one byte more than the largest message where it is larger still.</summary>
    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequestData request, CancellationToken stop)
    {
        var body = new byte[Delivery.MostBytes + 1];
        return body.AsMemory(0, await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, stop));
    }

    private static string? By(HttpRequestData request) => request.Headers.TryGetValues(Principal, out var names) ? names.FirstOrDefault() : null;

    private static async Task<HttpResponseData> AnswerAsync(HttpRequestData request, HttpStatusCode status, string text)
    {
        var response = request.CreateResponse(status);
        await response.WriteStringAsync(text);
        return response;
    }
}
