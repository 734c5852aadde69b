using DocPipeline.Ingest;
using DocPipeline.Workflow;

namespace DocPipeline.Aws.Events;

/// <summary>Answers whatever is posted to the address for events of S3. Whoever calls it has found out that the sender may do so, unless it is SNS: that is found out here.</summary>
public sealed class S3EventDoor(DeliveryDoor door, SnsGuard sns)
{
    /// <summary>Whether SNS signed this. For those who have to know who sends before they let the message in.</summary>
    /// <exception cref="TransientFailure">It cannot be found out now.</exception>
    /// <returns>Why it is not believed, for a person; null: it is.</returns>
    public async Task<string?> RefusalAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken) => SnsMessage.Read(body) is { } message
        ? await sns.RefusalAsync(message, cancellationToken)
        : "This is no message of SNS. Raw delivery carries no signature: switch it off, or send with an API key.";

    public async Task<DeliveryReply> AnswerAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (body.Length > Delivery.MostBytes || SnsMessage.Read(body) is not { } message)
        {
            return await door.TakeInAsync(S3Events.Read(body), cancellationToken);
        }

        try
        {
            return await sns.RefusalAsync(message, cancellationToken) is { } refusal
                ? new(DeliveryVerdict.Stranger, [], [], [refusal])
                : await AnswerAsync(message, body, cancellationToken);
        }
        catch (TransientFailure later)
        {
            return new(DeliveryVerdict.Later, [], [], [later.Message]);
        }
    }

    private async Task<DeliveryReply> AnswerAsync(SnsMessage message, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        switch (message.Type)
        {
            case SnsMessage.Notification:
                return await door.TakeInAsync(S3Events.Read(body), cancellationToken);
            case SnsMessage.SubscriptionConfirmation:
                var refused = await sns.ConfirmAsync(message, cancellationToken);
                return refused is null
                    ? await door.TakeInAsync(new([], [$"The subscription to {message.TopicArn} is confirmed."], []), cancellationToken)
                    : await door.TakeInAsync(Delivery.Mistake(refused), cancellationToken);
            default:
                return await door.TakeInAsync(new([], [$"The subscription to {message.TopicArn} has ended."], []), cancellationToken);
        }
    }
}
