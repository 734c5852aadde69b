using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DocPipeline.Aws.Events;

/// <summary>A message as SNS posts it.</summary>
/// <param name="Type">One of the constants.</param>
/// <param name="Subject">Null where there is none; an empty one is signed, too.</param>
/// <param name="SubscribeUrl">Part of what is signed, and for nothing else: nobody here ever asks for it.</param>
public sealed partial record SnsMessage(
    string Type, string MessageId, string TopicArn, string Message, string Timestamp, string SignatureVersion, string Signature, string SigningCertUrl,
    string? Subject, string? SubscribeUrl, string? Token)
{
    public const string Notification = "Notification";
    public const string SubscriptionConfirmation = "SubscriptionConfirmation";
    public const string UnsubscribeConfirmation = "UnsubscribeConfirmation";

    /// <summary>Null: it is something else, such as an event that did not come by SNS.</summary>
    public static SnsMessage? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body, new() { MaxDepth = 24 });
            return json.RootElement.ValueKind == JsonValueKind.Object
                && Text(json.RootElement, "Type") is Notification or SubscriptionConfirmation or UnsubscribeConfirmation
                && Text(json.RootElement, "TopicArn") is not null ? Read(json.RootElement) : null;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>What Amazon signs: names and values of the type's fields in this order, each with a line feed behind it.</summary>
    /// <remarks>https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html</remarks>
    public byte[] ToSign()
    {
        (string Name, string? Value)[] fields = Type == Notification
            ? [("Message", Message), ("MessageId", MessageId), ("Subject", Subject), ("Timestamp", Timestamp), ("TopicArn", TopicArn), ("Type", Type)]
            : [("Message", Message), ("MessageId", MessageId), ("SubscribeURL", SubscribeUrl), ("Timestamp", Timestamp), ("Token", Token), ("TopicArn", TopicArn), ("Type", Type)];
        return Encoding.UTF8.GetBytes(string.Concat(fields.Where(field => field.Value is not null).Select(field => $"{field.Name}\n{field.Value}\n")));
    }

    /// <summary>The one host that may have the certificate and confirms subscriptions: that of the topic's region. Null: the topic is no topic.</summary>
    public string? Host => Arn().Match(TopicArn) is { Success: true } arn
        ? $"sns.{arn.Groups["region"].Value}.amazonaws.com{(arn.Groups["partition"].Value == "aws-cn" ? ".cn" : "")}"
        : null;

    /// <summary>Whether this can be the name of a topic.</summary>
    public static bool IsTopic(string arn) => Arn().IsMatch(arn);

    private static SnsMessage Read(JsonElement json)
    {
        return new(
            Text(json, "Type")!, Or(json, "MessageId"), Or(json, "TopicArn"), Or(json, "Message"), Or(json, "Timestamp"), Or(json, "SignatureVersion"), Or(json, "Signature"),
            Or(json, "SigningCertURL"), Text(json, "Subject"), Text(json, "SubscribeURL"), Text(json, "Token"));

        static string Or(JsonElement json, string name) => Text(json, name) ?? "";
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex(@"\Aarn:(?<partition>aws(?:-cn|-us-gov)?):sns:(?<region>[a-z]{2}(?:-[a-z]+)+-[0-9]):[0-9]{12}:[A-Za-z0-9_.-]{1,256}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Arn();
}
