using System.Net;
using System.Text;
using System.Text.Json;
using DocPipeline.Testing;

namespace DocPipeline.EndToEnd.Tests.Events;

/// <summary>What the clouds post, at the door of the server itself.</summary>
public sealed class EventRouteTests(EventMachine machine) : IClassFixture<EventMachine>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_object_that_three_services_tell_of_is_read_once_to_its_end()
    {
        var etag = machine.S3.Put(machine.Bucket, "in/claim 1.txt", "Claim Number: EV-1\nDate of Loss: 2026-01-05\n");
        var direct = Direct("in/claim+1.txt", etag);
        var bridge = $$$$"""{"detail-type":"Object Created","source":"aws.s3","detail":{"bucket":{"name":"{{{{machine.Bucket}}}}"},"object":{"key":"in/claim 1.txt","etag":"{{{{etag}}}}"}}}""";
        var queue = JsonSerializer.Serialize(new { Records = new[] { new { eventSource = "aws:sqs", body = direct } } });

        var replies = await Task.WhenAll(
            SendAsync("/events/s3", direct, "Authorization", "Bearer " + machine.Key),
            SendAsync("/events/s3", bridge, "X-DocPipeline-Key", machine.Key),
            SendAsync("/events/s3?key=" + machine.Key, queue));

        Assert.All(replies, reply => Assert.Equal(HttpStatusCode.OK, reply.Status));
        Assert.Equal(["known", "known", "new"], replies.Select(reply => Outcome(reply.Body)).Order());
        var id = Assert.Single(replies.Select(reply => reply.Body.GetProperty("objects")[0].GetProperty("submission_id").GetString()).Distinct());
        await Eventually.IsTrueAsync(
            async () => await machine.Machine.QueryAsync<string>($"SELECT state FROM docpipeline.submission WHERE id = '{id}'") != "processing", "it has come to its end", TimeSpan.FromSeconds(90));
        Assert.Equal($"s3:{machine.Bucket}|in/claim 1.txt", Assert.Single(await machine.Machine.ListAsync($"SELECT bucket, key FROM docpipeline.submissions_v1 WHERE submission_id = '{id}'")));
    }

    [Fact]
    public async Task A_blob_that_event_grid_tells_of_is_taken_in_from_both_schemas()
    {
        var etag = await machine.Blobs.PutAsync(EventMachine.Container, "claim ü.txt", "Claim Number: EV-2\n");
        const string Source = "/subscriptions/0/providers/Microsoft.Storage/storageAccounts/devstoreaccount1";
        const string Subject = "/blobServices/default/containers/claims/blobs/claim ü.txt";
        var own = $$$$"""[{"topic":"{{{{Source}}}}","subject":"{{{{Subject}}}}","eventType":"Microsoft.Storage.BlobCreated","data":{"api":"PutBlob","eTag":"{{{{etag}}}}"}}]""";
        var cloud = $$$$"""{"source":"{{{{Source}}}}","subject":"{{{{Subject}}}}","type":"Microsoft.Storage.BlobCreated","specversion":"1.0","data":{"api":"PutBlob","eTag":"{{{{etag}}}}"}}""";

        var first = await SendAsync("/events/eventgrid?key=" + machine.Key, own);
        var second = await SendAsync("/events/eventgrid?key=" + machine.Key, cloud);

        Assert.Equal((HttpStatusCode.OK, "new"), (first.Status, Outcome(first.Body)));
        Assert.Equal((HttpStatusCode.OK, "known"), (second.Status, Outcome(second.Body)));
    }

    [Fact]
    public async Task Event_grid_is_told_that_it_may_send()
    {
        const string Question = """[{"id":"1","eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{"validationCode":"512d38b6"}}]""";
        using var options = new HttpRequestMessage(HttpMethod.Options, "/events/eventgrid?key=" + machine.Key) { Headers = { { "WebHook-Request-Origin", "eventgrid.azure.net" } } };
        using var strange = new HttpRequestMessage(HttpMethod.Options, "/events/eventgrid") { Headers = { { "WebHook-Request-Origin", "eventgrid.azure.net" } } };

        var reply = await SendAsync("/events/eventgrid?key=" + machine.Key, Question);
        using var allowed = await machine.Client.SendAsync(options, Cancelled);
        using var refused = await machine.Client.SendAsync(strange, Cancelled);

        Assert.Equal("512d38b6", reply.Body.GetProperty("validationResponse").GetString());
        Assert.Equal((HttpStatusCode.OK, "eventgrid.azure.net"), (allowed.StatusCode, allowed.Headers.GetValues("WebHook-Allowed-Origin").Single()));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Theory]
    [InlineData("/events/s3")]
    [InlineData("/events/eventgrid")]
    public async Task Whoever_has_no_key_for_events_is_refused_before_anybody_reads_what_he_says(string path)
    {
        var uploads = await machine.KeyAsync("upload");

        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(path, "{}")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(path + "?key=dpk_0_0", "{}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(path, "{}", "X-DocPipeline-Key", uploads)).Status);
        // Elsewhere a key in the query is none.
        Assert.Equal(HttpStatusCode.Unauthorized, (await machine.Client.GetAsync("/api/v1/claims?key=" + await machine.KeyAsync("read"), Cancelled)).StatusCode);
    }

    [Fact]
    public async Task A_message_of_sns_that_is_not_believed_is_refused_with_the_reason()
    {
        const string Strange = """{"Type":"Notification","TopicArn":"arn:aws:sns:eu-central-1:123456789012:others","Message":"{}","SignatureVersion":"1","Signature":"","SigningCertURL":""}""";

        var topic = await SendAsync("/events/s3", Strange, "x-amz-sns-message-type", "Notification");
        var certificate = await SendAsync("/events/s3", Strange.Replace("others", "claims", StringComparison.Ordinal), "x-amz-sns-message-type", "Notification");
        var raw = await SendAsync("/events/s3", Direct("in/a.txt", "e"), "x-amz-sns-message-type", "Notification");

        Assert.All([topic, certificate, raw], reply => Assert.Equal(HttpStatusCode.Forbidden, reply.Status));
        Assert.Contains("topic", topic.Body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("certificate", certificate.Body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("Raw delivery", raw.Body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_makes_no_sense_is_named_in_a_problem_document_and_the_rest_is_taken_in()
    {
        var etag = machine.S3.Put(machine.Bucket, "in/good.txt", "Claim Number: EV-3\n");
        var mixed = Direct("in/good.txt", etag).Replace("]}", $",{{\"eventSource\":\"aws:ses\"}},{Record("somebodys-bucket", "a", "e")}]}}", StringComparison.Ordinal);

        var reply = await SendAsync("/events/s3", mixed, "X-DocPipeline-Key", machine.Key);
        var garbage = await SendAsync("/events/eventgrid", "<xml/>", "X-DocPipeline-Key", machine.Key);
        var large = await SendAsync("/events/s3", new string(' ', 1_048_577), "X-DocPipeline-Key", machine.Key);

        Assert.Equal((HttpStatusCode.BadRequest, "/api/v1/docs#invalid-event"), (reply.Status, reply.Body.GetProperty("type").GetString()));
        Assert.Equal(2, reply.Body.GetProperty("problems").GetArrayLength());
        Assert.Equal("new", Outcome(reply.Body));
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge), (garbage.Status, large.Status));
    }

    [Fact]
    public async Task A_server_that_is_killed_between_reading_and_committing_loses_nothing()
    {
        const string Key = "in/killed.txt";
        var etag = machine.S3.Put(machine.Bucket, Key, "Claim Number: EV-4\n");

        // 1. The bytes are read; the commit is held up by a lock; the power goes.
        await using (var connection = await machine.Machine.Owner.OpenConnectionAsync(Cancelled))
        await using (var transaction = await connection.BeginTransactionAsync(Cancelled))
        {
            await using var hold = new Npgsql.NpgsqlCommand("LOCK TABLE docpipeline.bucket_event IN SHARE MODE", connection, transaction);
            await hold.ExecuteNonQueryAsync(Cancelled);
            var unanswered = SendAsync("/events/s3", Direct(Key, etag), "X-DocPipeline-Key", machine.Key);
            await Eventually.IsTrueAsync(
                () => machine.Machine.QueryAsync<bool>("SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database() WHERE NOT l.granted)"),
                "the event waits for the lock");
            await machine.KillAsync();
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => unanswered);
        }

        Assert.Equal(0L, await machine.Machine.QueryAsync<long>($"SELECT count(*) FROM docpipeline.submission WHERE key = '{Key}'"));

        // 2. The next server lists the bucket at its start; the sender sends again.
        await machine.StartAsync();
        var again = await SendAsync("/events/s3", Direct(Key, etag), "X-DocPipeline-Key", machine.Key);

        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.Equal(1L, await machine.Machine.QueryAsync<long>($"SELECT count(*) FROM docpipeline.submission WHERE key = '{Key}'"));
    }

    [Fact]
    public async Task A_server_takes_in_at_its_start_what_nobody_told_of()
    {
        machine.S3.Put(machine.Bucket, "in/untold.txt", "Claim Number: EV-5\n");
        machine.S3.Put(machine.Bucket, "elsewhere/other.txt", "x");
        await machine.Blobs.PutAsync(EventMachine.Container, "untold.txt", "Claim Number: EV-6\n");

        await machine.KillAsync();
        await machine.StartAsync();

        await Eventually.IsTrueAsync(() => machine.Machine.QueryAsync<bool>(
            "SELECT count(*) = 2 FROM docpipeline.submission WHERE (bucket LIKE 's3:%' AND key = 'in/untold.txt') OR (bucket = 'blob:claims' AND key = 'untold.txt')"), "both are taken in");
        Assert.Equal(0L, await machine.Machine.QueryAsync<long>("SELECT count(*) FROM docpipeline.submission WHERE key LIKE 'elsewhere%'"));
    }

    private static string Outcome(JsonElement body) => body.GetProperty("objects")[0].GetProperty("outcome").GetString()!;

    private static string Record(string bucket, string key, string etag) =>
        $$$$"""{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"{{{{bucket}}}}"},"object":{"key":"{{{{key}}}}","eTag":"{{{{etag}}}}","sequencer":"00"}}}""";

    private string Direct(string key, string etag) => $$"""{"Records":[{{Record(machine.Bucket, key, etag)}}]}""";

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(string path, string message, string? header = null, string? value = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(message, Encoding.UTF8, "application/json") };
        if (header is not null)
        {
            request.Headers.Add(header, value);
        }

        using var reply = await machine.Client.SendAsync(request, Cancelled);
        Assert.Contains(reply.Content.Headers.ContentType?.MediaType, (string?[])["application/json", "application/problem+json"]);
        return (reply.StatusCode, JsonElement.Parse(await reply.Content.ReadAsStringAsync(Cancelled)));
    }
}
