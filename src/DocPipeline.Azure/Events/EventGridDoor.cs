using DocPipeline.Ingest;

namespace DocPipeline.Azure.Events;

/// <param name="ValidationCode">To be answered as <c>validationResponse</c>; null where nobody asked.</param>
public sealed record EventGridReply(DeliveryReply Delivery, string? ValidationCode);

/// <summary>Answers whatever is posted to the address for events of Event Grid by a sender who may do so.</summary>
public sealed class EventGridDoor(DeliveryDoor door, string account)
{
    private readonly EventGridEvents _events = new(account);

    public async Task<EventGridReply> AnswerAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var request = _events.Read(body);
        return new(await door.TakeInAsync(request.Delivery, cancellationToken), request.ValidationCode);
    }
}
