using System.Net;
using System.Text;
using System.Text.Json;
using DocPipeline.Aws.Events;
using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Server.Hosting;
using DocPipeline.Testing.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace DocPipeline.EndToEnd.Tests.Events;

/// <summary>The server with a topic of SNS whose key was made here, and whose host answers here.</summary>
public sealed class SnsRouteTests(ServerMachine machine) : IClassFixture<ServerMachine>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_topic_of_ours_subscribes_and_tells_and_waits_while_its_certificate_cannot_be_had()
    {
        using var topic = new Topic();
        var settings = ServerSettings.Read(new Microsoft.Extensions.Configuration.ConfigurationManager()) with
        {
            Database = machine.Settings["DOCPIPELINE_DATABASE"],
            Bucket = machine.Bucket,
            Blobs = machine.Settings["DOCPIPELINE_BLOBS"]!,
            Port = 0,
        };
        await using var host = ServerHost.Create(settings, services => services.AddSingleton(new SnsGuard([Topic.Arn], new HttpClient(topic), topic.Clock)));
        await host.StartAsync(Cancelled);
        using var client = new HttpClient { BaseAddress = new Uri(host.Urls.First()) };

        topic.Status = HttpStatusCode.ServiceUnavailable;
        using var later = await PostAsync(client, topic.Message("hello", "SubscriptionConfirmation"));
        topic.Status = HttpStatusCode.OK;
        using var confirmed = await PostAsync(client, topic.Message("hello", "SubscriptionConfirmation"));
        using var tried = await PostAsync(client, topic.Message("""{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"claims"}"""));
        using var forged = await PostAsync(client, topic.Message("{}", change: fields => fields["Message"] = "changed"));
        using var foreign = await PostAsync(client, topic.Message("""{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"unknown"},"object":{"key":"a","eTag":"e"}}}]}"""));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), (later.StatusCode, later.Headers.RetryAfter!.ToString()));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.BadRequest], (HttpStatusCode[])[confirmed.StatusCode, tried.StatusCode, forged.StatusCode, foreign.StatusCode]);
        Assert.Single(topic.Requests, request => request.StartsWith("POST https://sns.eu-central-1.amazonaws.com/ Action=ConfirmSubscription", StringComparison.Ordinal));
        Assert.Contains("'s3:unknown'", JsonElement.Parse(await foreign.Content.ReadAsStringAsync(Cancelled)).GetProperty("problems")[0].GetString(), StringComparison.Ordinal);
        await host.StopAsync();
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string message)
    {
        // As SNS does.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/events/s3") { Content = new StringContent(message, Encoding.UTF8, "text/plain"), Headers = { { "x-amz-sns-message-type", "Notification" } } };
        return await client.SendAsync(request, Cancelled);
    }
}
