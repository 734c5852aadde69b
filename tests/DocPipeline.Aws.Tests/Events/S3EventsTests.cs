using System.Text;
using DocPipeline.Aws.Events;
using DocPipeline.Ingest;
using DocPipeline.Testing;

namespace DocPipeline.Aws.Tests.Events;

public sealed class S3EventsTests
{
    private static readonly ObjectEvent Expected = new("s3:claims", "in/a b+ü (1).pdf", "0cc175b9c0f1b6a8");

    public static TheoryData<string> Envelopes { get; } =
    [
        Messages.Direct(Messages.Record("claims", "in/a+b%2B%C3%BC+%281%29.pdf", "0cc175b9c0f1b6a8")),
        Messages.Sns(Messages.Direct(Messages.Record("claims", "in/a+b%2B%C3%BC+%281%29.pdf", "0cc175b9c0f1b6a8", version: "2.6"))),
        Messages.Sqs(Messages.Direct(Messages.Record("claims", "in/a+b%2B%C3%BC+%281%29.pdf", "\"0cc175b9c0f1b6a8\""))),
        Messages.Sqs(Messages.Sns(Messages.Direct(Messages.Record("claims", "in/a+b%2B%C3%BC+%281%29.pdf", "0cc175b9c0f1b6a8", name: "ObjectCreated:CompleteMultipartUpload")))),
        Messages.EventBridge("claims", "in/a b+ü (1).pdf", "0cc175b9c0f1b6a8"),
        $"[{Messages.EventBridge("claims", "in/a b+ü (1).pdf", "0cc175b9c0f1b6a8")}]",
    ];

    [Theory, MemberData(nameof(Envelopes))]
    public void The_same_object_is_read_from_every_envelope(string message)
    {
        var delivery = Read(message);

        Assert.Equal(Expected, Assert.Single(delivery.Created));
        Assert.Empty(delivery.Mistakes);
    }

    [Fact]
    public void A_version_is_kept_and_that_of_unversioned_times_is_none()
    {
        var versions = Read(Messages.Direct(Messages.Record("claims", "a", "e", versionId: "v1"), Messages.Record("claims", "b", "e", versionId: "null"))).Created.Select(created => created.VersionId);

        Assert.Equal(["v1", null], versions);
    }

    [Fact]
    public void What_creates_nothing_is_ignored_and_said()
    {
        var delivery = Read($"""
            [{Messages.Direct(Messages.Record("claims", "a", "", name: "ObjectRemoved:Delete"), Messages.Record("claims", "b", "", name: "ObjectTagging:Put"))},
             {Messages.EventBridge("claims", "c", "", "Object Deleted")},
             {Messages.Sns("{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"claims\"}")}]
            """);

        Assert.Empty(delivery.Created);
        Assert.Empty(delivery.Mistakes);
        Assert.Equal(["'a' in claims: ObjectRemoved:Delete.", "'b' in claims: ObjectTagging:Put.", "'c' in claims: Object Deleted.", "S3 tried whether events of claims arrive."], delivery.Ignored);
    }

    [Fact]
    public void One_bad_record_does_not_hold_up_the_others()
    {
        var delivery = Read(Messages.Direct(
            Messages.Record("claims", "good", "e"),
            Messages.Record("claims", "old", "e", version: "1.0"),
            Messages.Record("claims", "%FF%FE", "e"),
            """{"eventSource":"aws:ses"}""",
            """{"eventSource":"aws:s3","eventVersion":"2.1","s3":{"bucket":{"name":"claims"}}}""",
            Messages.Record("claims", "also+good", "e")));

        Assert.Equal(["good", "also good"], delivery.Created.Select(created => created.Key));
        Assert.Equal(
            [
                "message.Records[1] has eventVersion '1.0'; 2.x is understood.",
                "message.Records[2] has a key that is not form-encoded UTF-8.",
                "message.Records[3] comes from 'aws:ses', not from S3, SNS or SQS.",
                "message.Records[4] names no bucket or no key.",
            ],
            delivery.Mistakes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("[[[[[[[[]]]]]]]]")]
    [InlineData("{\"Records\":7}")]
    [InlineData("{\"Type\":\"Notification\"}")]
    [InlineData("{\"Type\":\"Notification\",\"Message\":\"hello\"}")]
    [InlineData("{\"body\":\"\\ud800\"}")]
    [InlineData("{\"detail-type\":\"Object Created\",\"source\":\"somebody\"}")]
    [InlineData("{\"detail-type\":\"Object Created\",\"source\":\"aws.s3\",\"detail\":[]}")]
    public void What_makes_no_sense_is_named_and_throws_nothing(string message)
    {
        var delivery = Read(message);

        Assert.Empty(delivery.Created);
        Assert.NotEmpty(delivery.Mistakes);
    }

    [Fact]
    public void More_events_than_the_limit_more_envelopes_and_more_bytes_are_refused()
    {
        var many = Read(Messages.Direct([.. Enumerable.Range(0, Delivery.MostEvents + 1).Select(i => Messages.Record("claims", $"{i}", "e"))]));
        var deep = Read(Enumerable.Range(0, 6).Aggregate(Messages.Direct(Messages.Record("claims", "a", "e")), (inner, _) => Messages.Sqs(inner)));
        var nested = S3Events.Read(Encoding.UTF8.GetBytes(new string('[', 100_000)));
        var large = S3Events.Read(new byte[Delivery.MostBytes + 1]);

        Assert.Equal(Delivery.MostEvents, many.Created.Count);
        Assert.All([many, deep, nested, large], delivery => Assert.Single(delivery.Mistakes));
        Assert.Empty(deep.Created);
    }

    [Fact]
    public void Every_recorded_message_is_understood()
    {
        var folder = Recordings.Folder("s3-events");
        var read = Directory.EnumerateFiles(folder).ToDictionary(file => Path.GetFileName(file), file => S3Events.Read(File.ReadAllBytes(file)));

        Assert.Equal(11, read.Count);
        Assert.All(read, one => Assert.Empty(one.Value.Mistakes));
        Assert.All(read, one => Assert.Equal(1, one.Value.Created.Count + one.Value.Ignored.Count));
        Assert.Equal("in/a b+ü (1).pdf", Assert.Single(read["edited.s3-url-encoded-key.json"].Created).Key);
        Assert.Equal(3, read.Count(one => one.Value.Ignored.Count == 1));
    }

    [Fact]
    public void Every_recorded_message_of_sns_is_read_whatever_it_says()
    {
        var folder = Recordings.Folder("sns");
        var files = Directory.EnumerateFiles(folder).ToDictionary(file => Path.GetFileName(file), file => (ReadOnlyMemory<byte>)File.ReadAllBytes(file));

        Assert.Equal(4, files.Count);
        Assert.Equal(SnsMessage.SubscriptionConfirmation, SnsMessage.Read(files["sanitised.subscription-confirmation.json"])!.Type);
        // They carry somebody's own text: the envelopes are opened, and what is in them is no event.
        Assert.Equal("message.Records[0].Sns.Message is no JSON.", Assert.Single(S3Events.Read(files["lambda-go.sns-event.json"]).Mistakes));
        Assert.Equal("message.Records[0].Sns.Message is no JSON.", Assert.Single(S3Events.Read(files["powertools.snsEvent.json"]).Mistakes));
        Assert.Equal("message.Records[0].body.Message is no event of S3 and no envelope of SNS, SQS or EventBridge.", Assert.Single(S3Events.Read(files["powertools.snsSqsEvent.json"]).Mistakes));
    }

    private static Delivery Read(string message) => S3Events.Read(Encoding.UTF8.GetBytes(message));
}
