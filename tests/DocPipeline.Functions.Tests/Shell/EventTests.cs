using System.Net;
using DocPipeline.Ingest;
using DocPipeline.Testing.Stores;
using Microsoft.Azure.Functions.Worker.Http;

namespace DocPipeline.Functions.Tests.Shell;

/// <summary>Objects that a message tells of, and objects that none does: real stores, real activities, a real database; only the framework is a model.</summary>
public sealed class EventTests
{
    private const string Letter = "Dear Sir or Madam,\nplease find our new opening hours below.\nMonday to Friday, nine to five.\n";

    [Fact]
    public async Task An_object_of_s3_goes_through_every_step_however_often_it_is_told_of()
    {
        await using var store = await S3Rver.StartAsync();
        var bucket = store.Create();
        await using var shell = await S3ShellAsync(store, bucket);
        var etag = store.Put(bucket, "letter 1.txt", Letter);
        var message = $$$$"""{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"{{{{bucket}}}}"},"object":{"key":"letter+1.txt","eTag":"{{{{etag}}}}"}}}]}""";

        Assert.Equal(HttpStatusCode.OK, (await shell.TellS3Async(message)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await shell.TellS3Async(message)).StatusCode);
        var id = await shell.IdOfAsync("letter 1.txt");
        await shell.Hub.RunAsync(id, untilIdle: true);

        Assert.Contains(await shell.StateAsync(id), new[] { SubmissionStates.NeedsReview, SubmissionStates.Rejected });
        Assert.Equal(HttpStatusCode.BadRequest, (await shell.TellS3Async("{}")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await shell.TellS3Async(new string(' ', Delivery.MostBytes + 1))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await shell.TellS3Async("""{"Type":"Notification","TopicArn":"arn:aws:sns:eu-central-1:123456789012:others"}""")).StatusCode);
    }

    [Fact]
    public async Task What_nobody_told_of_is_found_and_begun()
    {
        await using var store = await S3Rver.StartAsync();
        var bucket = store.Create();
        await using var shell = await S3ShellAsync(store, bucket);
        store.Put(bucket, "untold.txt", Letter);

        await shell.ReconcileAsync();
        var id = await shell.IdOfAsync("untold.txt");
        await shell.Hub.RunAsync(id, untilIdle: true);

        Assert.Contains(await shell.StateAsync(id), new[] { SubmissionStates.NeedsReview, SubmissionStates.Rejected });
    }

    [Fact]
    public async Task Event_grid_asks_whether_it_may_and_tells()
    {
        await using var store = await Azurite.StartAsync();
        await store.CreateAsync("claims");
        await using var shell = await ShellHost.CreateAsync(settings => settings with { Blobs = new() { Address = store.Container("claims"), AccountKey = Azurite.Key } });
        var etag = await store.PutAsync("claims", "letter.txt", Letter);

        var allowed = await shell.TellEventGridAsync("", "OPTIONS");
        var validated = await shell.TellEventGridAsync("""[{"eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{"validationCode":"512d38b6"}}]""");
        var told = await shell.TellEventGridAsync($$$$"""{"source":"/providers/Microsoft.Storage/storageAccounts/devstoreaccount1","subject":"/blobServices/default/containers/claims/blobs/letter.txt","type":"Microsoft.Storage.BlobCreated","specversion":"1.0","data":{"api":"PutBlob","eTag":"{{{{etag}}}}"}}""");

        Assert.Equal("*", allowed.Headers.GetValues("WebHook-Allowed-Origin").Single());
        Assert.Equal("""{"validationResponse":"512d38b6"}""", Text(validated));
        Assert.Equal((HttpStatusCode.OK, ""), (told.StatusCode, Text(told)));
        Assert.NotNull(shell.Hub.Find(await shell.IdOfAsync("letter.txt")));
    }

    private static Task<ShellHost> S3ShellAsync(S3Rver store, string bucket)
    {
        // As on a machine of Azure: the SDK finds them in the environment of the process.
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", S3Rver.AccessKey);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", S3Rver.SecretKey);
        return ShellHost.CreateAsync(settings => settings with { S3 = new() { Bucket = bucket, Endpoint = store.Address } });
    }

    private static string Text(HttpResponseData response)
    {
        response.Body.Position = 0;
        using var reader = new StreamReader(response.Body);
        return reader.ReadToEnd();
    }
}
