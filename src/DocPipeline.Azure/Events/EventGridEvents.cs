using System.Text.Json;
using DocPipeline.Azure.Buckets;
using DocPipeline.Ingest;

namespace DocPipeline.Azure.Events;

/// <summary>What Event Grid posted: events, or the question whether this address wants any.</summary>
/// <param name="ValidationCode">To be sent back; null where there is no such question.</param>
public sealed record EventGridRequest(Delivery Delivery, string? ValidationCode = null);

/// <summary>
/// Reads BlobCreated in Event Grid's own schema and as CloudEvents 1.0, one event or an array. Never throws for what is in a message: whatever makes no sense is
/// named in <see cref="Delivery.Mistakes"/>, and the rest counts.
/// </summary>
/// <param name="account">The account of our container: another one may have a container of the same name.</param>
public sealed class EventGridEvents(string account)
{
    private const string Subject = "/blobServices/default/containers/";
    private const string Blobs = "/blobs/";
    private const string Accounts = "/storageAccounts/";
    private const int LongestETag = 128;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 24 };

    public EventGridRequest Read(ReadOnlyMemory<byte> message)
    {
        if (message.Length > Delivery.MostBytes)
        {
            return new(Delivery.Mistake($"The message is longer than {Delivery.MostBytes} bytes."));
        }

        try
        {
            using var json = JsonDocument.Parse(message, Strict);
            return Read(json.RootElement);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return new(Delivery.Mistake($"The message is no JSON: {wrong.Message}"));
        }
    }

    private EventGridRequest Read(JsonElement json)
    {
        List<ObjectEvent> created = [];
        List<string> ignored = [], mistakes = [];
        var count = 0;
        foreach (var one in json.ValueKind == JsonValueKind.Array ? json.EnumerateArray().ToArray() : [json])
        {
            var place = $"event {count}";
            if (++count > Delivery.MostEvents)
            {
                mistakes.Add($"The message has more than {Delivery.MostEvents} events; the others were not looked at.");
                break;
            }

            if (ValidationCodeOf(one) is { } code)
            {
                return new(new([], ["Event Grid asked whether events may be sent here."], []), code);
            }

            if (Mistake(one, created, ignored) is { } mistake)
            {
                mistakes.Add($"{place}: {mistake}");
            }
        }

        return new(new(created, ignored, mistakes));
    }

    private static string? ValidationCodeOf(JsonElement json) =>
        Text(json, "eventType") == "Microsoft.EventGrid.SubscriptionValidationEvent" && json.TryGetProperty("data", out var data) ? Text(data, "validationCode") : null;

    /// <summary>Puts one event where it belongs. What is wrong with it, or null.</summary>
    private string? Mistake(JsonElement json, List<ObjectEvent> created, List<string> ignored)
    {
        // The service's own examples write specVersion, the standard specversion.
        var isCloudEvent = (Text(json, "specversion") ?? Text(json, "specVersion")) is not null;
        var kind = Text(json, isCloudEvent ? "type" : "eventType");
        if (kind?.StartsWith("Microsoft.Storage.", StringComparison.Ordinal) != true)
        {
            return $"It is of the type '{kind}', not an event of storage.";
        }

        if (!json.TryGetProperty("data", out var data) || Text(json, "subject") is not { } subject || Text(json, isCloudEvent ? "source" : "topic") is not { } source)
        {
            return "It has no subject, data or source.";
        }

        var parts = subject.StartsWith(Subject, StringComparison.Ordinal) ? subject[Subject.Length..].Split(Blobs, 2) : [];
        if (parts is not [{ Length: > 0 } container, { Length: > 0 } name])
        {
            return "Its subject names no blob.";
        }

        var place = source.LastIndexOf(Accounts, StringComparison.OrdinalIgnoreCase);
        if (place < 0 || !string.Equals(source[(place + Accounts.Length)..], account, StringComparison.OrdinalIgnoreCase))
        {
            return "It comes from another storage account.";
        }

        if (kind != "Microsoft.Storage.BlobCreated")
        {
            ignored.Add($"'{name}' in {container}: {kind}.");
        }
        else if (Text(data, "api") is "CreateFile" or "SftpCreate")
        {
            // A file that is only begun: another event comes when it is whole.
            ignored.Add($"'{name}' in {container} is not written yet.");
        }
        else if (Text(data, "eTag") is { Length: > LongestETag })
        {
            return "Its ETag is too long.";
        }
        else
        {
            created.Add(new(BlobContainer.NameOf(container), name, Text(data, "eTag")?.Trim('"') ?? ""));
        }

        return null;
    }

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
