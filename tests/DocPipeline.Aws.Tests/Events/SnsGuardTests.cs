using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DocPipeline.Aws.Events;
using DocPipeline.Testing.Stores;
using DocPipeline.Workflow;

namespace DocPipeline.Aws.Tests.Events;

/// <summary>Messages that are signed by a key and a certificate made here.</summary>
public sealed class SnsGuardTests
{
    [Theory]
    [InlineData("1", null)]
    [InlineData("2", null)]
    [InlineData("2", "Amazon S3 Notification")]
    [InlineData("2", "")]
    public async Task A_message_of_our_topic_is_believed(string version, string? subject)
    {
        using var topic = new Topic();
        var guard = Guard(topic);

        Assert.Null(await RefusalAsync(guard, topic.Message("{}\nüber", version: version, subject: subject)));
        Assert.Null(await RefusalAsync(guard, topic.Message("another", version: version, subject: subject)));

        // One certificate for all of them.
        Assert.Equal(["GET " + Topic.CertificateAddress], topic.Requests);
    }

    public static TheoryData<string, string> Changes { get; } = new()
    {
        { "Message", "changed" },
        { "MessageId", "changed" },
        { "Subject", "added" },
        { "Timestamp", "2027-03-01T00:00:00.000Z" },
        { "SignatureVersion", "1" },
        { "SignatureVersion", "3" },
        { "Signature", "AAAA" },
        { "Signature", "no base64!" },
    };

    [Theory, MemberData(nameof(Changes))]
    public async Task A_changed_message_is_not(string field, string value)
    {
        using var topic = new Topic();

        Assert.NotNull(await RefusalAsync(Guard(topic), topic.Message("{}", change: fields => fields[field] = value)));
    }

    [Theory]
    [InlineData("http://sns.eu-central-1.amazonaws.com/a.pem")]
    [InlineData("https://sns.eu-central-1.amazonaws.com.example.org/a.pem")]
    [InlineData("https://example.org/sns.eu-central-1.amazonaws.com/a.pem")]
    [InlineData("https://sns.us-east-1.amazonaws.com/a.pem")]
    [InlineData("https://sns.eu-central-1.amazonaws.com:8443/a.pem")]
    [InlineData("https://somebody@sns.eu-central-1.amazonaws.com/a.pem")]
    [InlineData("https://sns.eu-central-1.amazonaws.com/?Action=a.pem")]
    [InlineData("https://sns.eu-central-1.amazonaws.com/a.txt")]
    [InlineData("/a.pem")]
    public async Task A_certificate_from_anywhere_else_is_not_even_asked_for(string address)
    {
        using var topic = new Topic();

        Assert.NotNull(await RefusalAsync(Guard(topic), topic.Message("{}", change: fields => fields["SigningCertURL"] = address)));
        Assert.Empty(topic.Requests);
    }

    [Theory]
    [InlineData("arn:aws:sns:eu-central-1:123456789012:others")]
    [InlineData("arn:aws:sns:evil.example.org/:123456789012:claims")]
    public async Task A_topic_that_is_not_on_the_list_costs_no_request(string other)
    {
        using var topic = new Topic();

        Assert.NotNull(await RefusalAsync(Guard(topic), topic.Message("{}", topic: other)));
        Assert.Empty(topic.Requests);
    }

    [Fact]
    public async Task A_certificate_that_has_ended_is_no_certificate()
    {
        using var topic = new Topic { ValidUntil = new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero) };

        Assert.NotNull(await RefusalAsync(Guard(topic), topic.Message("{}")));
    }

    [Fact]
    public async Task Trouble_with_the_certificate_is_for_later_and_not_remembered()
    {
        using var topic = new Topic { Status = HttpStatusCode.ServiceUnavailable };
        var guard = Guard(topic);
        await Assert.ThrowsAsync<TransientFailure>(() => RefusalAsync(guard, topic.Message("{}")));

        topic.Status = HttpStatusCode.OK;

        Assert.Null(await RefusalAsync(guard, topic.Message("{}")));
    }

    [Fact]
    public async Task A_subscription_is_confirmed_by_the_api_and_the_address_in_the_message_is_not_asked()
    {
        using var topic = new Topic();
        var guard = Guard(topic);
        var offer = SnsMessage.Read(Encoding.UTF8.GetBytes(topic.Message(
            "You have chosen to subscribe.", SnsMessage.SubscriptionConfirmation, change: fields => fields["Comment"] = JsonValue.Create("more"))))!;

        Assert.Null(await guard.RefusalAsync(offer, TestContext.Current.CancellationToken));
        Assert.Null(await guard.ConfirmAsync(offer, TestContext.Current.CancellationToken));

        Assert.Equal(
            [
                "GET " + Topic.CertificateAddress,
                "POST https://sns.eu-central-1.amazonaws.com/ Action=ConfirmSubscription&Version=2010-03-31&TopicArn=arn%3Aaws%3Asns%3Aeu-central-1%3A123456789012%3Aclaims&Token=2336412f37fb",
            ],
            topic.Requests);
    }

    private static SnsGuard Guard(Topic topic) => new([Topic.Arn], new HttpClient(topic), topic.Clock);

    private static Task<string?> RefusalAsync(SnsGuard guard, string message) => guard.RefusalAsync(SnsMessage.Read(Encoding.UTF8.GetBytes(message))!, TestContext.Current.CancellationToken);
}
