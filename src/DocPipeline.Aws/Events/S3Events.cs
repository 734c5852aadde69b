using System.Net;
using System.Text;
using System.Text.Json;
using DocPipeline.Aws.Buckets;
using DocPipeline.Ingest;

namespace DocPipeline.Aws.Events;

/// <summary>
/// Reads what S3 says of its objects, in every envelope it comes in: as it is, in SNS, in SQS, and from EventBridge; also one in another, and several in an array.
/// Never throws for what is in a message: whatever makes no sense is named in <see cref="Delivery.Mistakes"/>, and the rest counts.
/// </summary>
public static class S3Events
{
    /// <summary>An event in SNS in SQS in an array is four deep.</summary>
    private const int MostEnvelopes = 5;

    private const int LongestETag = 128;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 24 };

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Delivery Read(ReadOnlyMemory<byte> message)
    {
        var reading = new Reading();
        if (message.Length > Delivery.MostBytes)
        {
            return Delivery.Mistake($"The message is longer than {Delivery.MostBytes} bytes.");
        }

        try
        {
            using var json = JsonDocument.Parse(message, Strict);
            reading.Envelope(json.RootElement, "message", 1);
        }
        catch (JsonException wrong)
        {
            reading.Mistakes.Add($"The message is no JSON: {wrong.Message}");
        }

        return new(reading.Created, reading.Ignored, reading.Mistakes);
    }

    /// <summary>A key as it stands in a record: form-encoded UTF-8. Null: it is neither.</summary>
    public static string? DecodeKey(string encoded)
    {
        try
        {
            var bytes = Encoding.UTF8.GetBytes(encoded);
            return StrictUtf8.GetString(WebUtility.UrlDecodeToBytes(bytes, 0, bytes.Length));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private sealed class Reading
    {
        private int _count;

        public List<ObjectEvent> Created { get; } = [];

        public List<string> Ignored { get; } = [];

        public List<string> Mistakes { get; } = [];

        public void Envelope(JsonElement json, string place, int depth)
        {
            if (depth > MostEnvelopes)
            {
                Mistakes.Add($"{place} is an envelope in too many others.");
            }
            else if (json.ValueKind == JsonValueKind.Array)
            {
                Each(json, place, depth, Envelope);
            }
            else if (json.ValueKind != JsonValueKind.Object)
            {
                Mistakes.Add($"{place} is no object.");
            }
            else if (json.TryGetProperty("Records", out var records) && records.ValueKind == JsonValueKind.Array)
            {
                Each(records, place + ".Records", depth, Record);
            }
            else if (Text(json, "Type") == "Notification")
            {
                Inner(json, "Message", place, depth);
            }
            else if (Text(json, "detail-type") is { } kind)
            {
                FromEventBridge(json, kind, place);
            }
            else if (Text(json, "Event") == "s3:TestEvent")
            {
                Ignored.Add($"S3 tried whether events of {Text(json, "Bucket")} arrive.");
            }
            else if (Text(json, "body") is not null)
            {
                Inner(json, "body", place, depth);
            }
            else
            {
                Mistakes.Add($"{place} is no event of S3 and no envelope of SNS, SQS or EventBridge.");
            }
        }

        private void Each(JsonElement array, string place, int depth, Action<JsonElement, string, int> read)
        {
            var index = 0;
            foreach (var element in array.EnumerateArray())
            {
                if (++_count > Delivery.MostEvents)
                {
                    Mistakes.Add($"The message has more than {Delivery.MostEvents} events; those after {place}[{index - 1}] were not looked at.");
                    return;
                }

                read(element, $"{place}[{index++}]", depth + 1);
            }
        }

        private void Record(JsonElement record, string place, int depth)
        {
            // Lambda's envelopes of SNS write it with a capital.
            switch (Text(record, "eventSource") ?? Text(record, "EventSource"))
            {
                case "aws:s3" or "minio:s3":
                    FromS3(record, place);
                    break;
                case "aws:sqs":
                    Inner(record, "body", place, depth);
                    break;
                case "aws:sns" when record.TryGetProperty("Sns", out var sns):
                    Inner(sns, "Message", place + ".Sns", depth);
                    break;
                case var source:
                    Mistakes.Add($"{place} comes from '{source}', not from S3, SNS or SQS.");
                    break;
            }
        }

        /// <summary>An envelope whose content is text that is JSON again.</summary>
        private void Inner(JsonElement envelope, string name, string place, int depth)
        {
            if (Text(envelope, name) is not { } text)
            {
                Mistakes.Add($"{place} has no {name}.");
                return;
            }

            try
            {
                using var json = JsonDocument.Parse(text, Strict);
                Envelope(json.RootElement, $"{place}.{name}", depth + 1);
            }
            catch (JsonException)
            {
                Mistakes.Add($"{place}.{name} is no JSON.");
            }
        }

        private void FromS3(JsonElement record, string place)
        {
            var version = Text(record, "eventVersion");
            var name = Text(record, "eventName") ?? "";
            if (version?.StartsWith("2.", StringComparison.Ordinal) != true)
            {
                Mistakes.Add($"{place} has eventVersion '{version}'; 2.x is understood.");
            }
            else if (!record.TryGetProperty("s3", out var s3) || Text(s3, "bucket", "name") is not { Length: > 0 } bucket || Text(s3, "object", "key") is not { Length: > 0 } encoded)
            {
                Mistakes.Add($"{place} names no bucket or no key.");
            }
            else if (DecodeKey(encoded) is not { } key)
            {
                Mistakes.Add($"{place} has a key that is not form-encoded UTF-8.");
            }
            else
            {
                // Other stores write the name as it stands in their settings.
                Add(name.StartsWith("ObjectCreated:", StringComparison.Ordinal) || name.StartsWith("s3:ObjectCreated:", StringComparison.Ordinal),
                    name, bucket, key, Text(s3, "object", "eTag"), Text(s3, "object", "versionId"), place);
            }
        }

        private void FromEventBridge(JsonElement envelope, string kind, string place)
        {
            if (Text(envelope, "source") != "aws.s3")
            {
                Mistakes.Add($"{place} comes from '{Text(envelope, "source")}', not from S3.");
            }
            else if (!envelope.TryGetProperty("detail", out var detail) || Text(detail, "bucket", "name") is not { Length: > 0 } bucket || Text(detail, "object", "key") is not { Length: > 0 } key)
            {
                Mistakes.Add($"{place} names no bucket or no key.");
            }
            else
            {
                // EventBridge, alone among the four, does not encode keys.
                Add(kind == "Object Created", kind, bucket, key, Text(detail, "object", "etag"), Text(detail, "object", "version-id"), place);
            }
        }

        private void Add(bool isCreated, string what, string bucket, string key, string? etag, string? versionId, string place)
        {
            if (!isCreated)
            {
                Ignored.Add($"'{key}' in {bucket}: {what}.");
            }
            else if (etag?.Length > LongestETag || versionId?.Length > 1024)
            {
                Mistakes.Add($"{place} has an ETag or a version id that is too long.");
            }
            else
            {
                // "null" is the version of objects from before versions were kept; asking for it by name would find another one after an overwrite.
                Created.Add(new(S3Bucket.NameOf(bucket), key, etag?.Trim('"') ?? "", versionId is "" or "null" ? null : versionId));
            }
        }

        private static string? Text(JsonElement json, string name) =>
            json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? TextOf(value) : null;

        private static string? Text(JsonElement json, string outer, string name) =>
            json.ValueKind == JsonValueKind.Object && json.TryGetProperty(outer, out var inner) ? Text(inner, name) : null;

        /// <summary>Null for a lone half of a surrogate pair, which is no text.</summary>
        private static string? TextOf(JsonElement value)
        {
            try
            {
                return value.GetString();
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        }
    }
}
