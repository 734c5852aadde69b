using System.Text;
using System.Text.Json;

namespace DocPipeline.Aws.Tests.Events;

/// <summary>Messages of S3 in every envelope, written by hand after the documentation.</summary>
internal static class Messages
{
    public static string Record(string bucket, string encodedKey, string etag, string name = "ObjectCreated:Put", string version = "2.1", string sequencer = "0055AED6DCD90281E5", string? versionId = null) =>
        JsonSerializer.Serialize(new
        {
            eventVersion = version,
            eventSource = "aws:s3",
            eventName = name,
            s3 = new { bucket = new { name = bucket }, @object = new { key = encodedKey, size = 1024, eTag = etag, sequencer, versionId } },
        });

    public static string Direct(params string[] records) => $$"""{"Records":[{{string.Join(',', records)}}]}""";

    public static string Sns(string message, string topic = "arn:aws:sns:eu-central-1:123456789012:claims") =>
        JsonSerializer.Serialize(new { Type = "Notification", MessageId = "1", TopicArn = topic, Message = message, Timestamp = "2026-03-01T00:00:00.000Z" });

    public static string Sqs(params string[] bodies) => JsonSerializer.Serialize(new { Records = bodies.Select(body => new { messageId = "1", eventSource = "aws:sqs", body }) });

    public static string EventBridge(string bucket, string key, string etag, string kind = "Object Created") => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["version"] = "0",
        ["detail-type"] = kind,
        ["source"] = "aws.s3",
        ["detail"] = new { bucket = new { name = bucket }, @object = new { key, size = 1024, etag, sequencer = "0055AED6DCD90281E5" }, reason = "PutObject" },
    });

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
