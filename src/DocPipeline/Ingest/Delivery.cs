using Microsoft.Extensions.Logging;

namespace DocPipeline.Ingest;

/// <summary>An object that a message says was put into a bucket. The size it tells is not believed, and so not kept.</summary>
/// <param name="Bucket">As <see cref="IObjectBucket.Name"/>.</param>
/// <param name="Key">Decoded.</param>
/// <param name="ETag">Without quotes; "" where the message does not tell it.</param>
public sealed record ObjectEvent(string Bucket, string Key, string ETag, string? VersionId = null);

/// <summary>What one message of a bucket says, in whatever envelope it came.</summary>
/// <param name="Created">Objects that were put there.</param>
/// <param name="Ignored">What else happened, such as deletions: nothing follows from it.</param>
/// <param name="Mistakes">What makes no sense, and where it stands in the message.</param>
public sealed record Delivery(IReadOnlyList<ObjectEvent> Created, IReadOnlyList<string> Ignored, IReadOnlyList<string> Mistakes)
{
    /// <summary>Events in one message; more is a mistake of whoever sends it, or worse.</summary>
    public const int MostEvents = 1_000;

    /// <summary>Bytes of one message: what the largest of the services sends.</summary>
    public const int MostBytes = 1_048_576;

    /// <summary>A message that says only this.</summary>
    public static Delivery Mistake(string mistake) => new([], [], [mistake]);
}

public enum DeliveryVerdict
{
    /// <summary>Everything is committed.</summary>
    Taken,

    /// <summary>The sender is not one of those we listen to.</summary>
    Stranger,

    /// <summary>Part of the message makes no sense, and will not when it comes again. The rest of it is committed.</summary>
    Refused,

    /// <summary>At least one object could not be read now: the whole message is wanted again; what is committed already is recognised.</summary>
    Later,

    /// <summary>At least one object cannot be read until a person has done something. The message is wanted again, too.</summary>
    Broken,
}

/// <summary>The answer to a message.</summary>
/// <param name="Objects">What became of each object.</param>
/// <param name="Problems">For a person: mistakes of the message, and what stands in the way.</param>
public sealed record DeliveryReply(DeliveryVerdict Verdict, IReadOnlyList<ObjectOutcome> Objects, IReadOnlyList<string> Ignored, IReadOnlyList<string> Problems)
{
    /// <summary>The HTTP status that makes senders do what the verdict wants: SNS and EventBridge repeat after 5xx, Event Grid never after 400, 401, 403 and 413.</summary>
    public int Status => Verdict switch
    {
        DeliveryVerdict.Taken => 200,
        DeliveryVerdict.Stranger => 403,
        DeliveryVerdict.Refused => 400,
        DeliveryVerdict.Later => 503,
        _ => 500,
    };
}

/// <summary>
/// Takes in what messages tell of. Guarantee: <see cref="DeliveryVerdict.Taken"/> only after everything is committed; each object by itself, so that one bad record
/// does not hold up the others of its batch; the order of messages is of no account.
/// </summary>
public sealed partial class DeliveryDoor(IEnumerable<IObjectBucket> buckets, ObjectIntake objects, ILogger<DeliveryDoor> log)
{
    private readonly Dictionary<string, IObjectBucket> _buckets = buckets.ToDictionary(bucket => bucket.Name);

    public async Task<DeliveryReply> TakeInAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var (ignored, mistakes) = (delivery.Ignored.ToList(), delivery.Mistakes.ToList());
        var wanted = delivery.Created.Distinct().Where(created => IsWanted(created, ignored, mistakes)).ToList();
        var outcomes = await Task.WhenAll(wanted.Select(created =>
            objects.TakeInAsync(_buckets[created.Bucket], new StoredObject(created.Key, created.ETag, created.VersionId), cancellationToken)));

        var failed = outcomes.Where(outcome => outcome.Problem is not null).ToList();
        foreach (var what in ignored)
        {
            Log.Ignored(log, ObjectIntake.Shown(what));
        }

        foreach (var problem in mistakes.Concat(failed.Select(outcome => $"'{outcome.Key}': {outcome.Problem}")))
        {
            Log.Trouble(log, ObjectIntake.Shown(problem));
        }

        var verdict = failed.Any(outcome => outcome.Kind == ObjectOutcomeKind.Later) ? DeliveryVerdict.Later
            : failed.Count > 0 ? DeliveryVerdict.Broken
            : mistakes.Count > 0 ? DeliveryVerdict.Refused
            : DeliveryVerdict.Taken;
        return new(verdict, outcomes, ignored, [.. mistakes, .. failed.Select(outcome => outcome.Problem!)]);
    }

    private bool IsWanted(ObjectEvent created, List<string> ignored, List<string> mistakes)
    {
        if (!_buckets.TryGetValue(created.Bucket, out var bucket))
        {
            mistakes.Add($"The bucket '{created.Bucket}' is not one that this server reads.");
            return false;
        }

        // Refused by name before anybody asks the store for it.
        if (new IncomingObject(bucket.Name, $"{created.ETag} {created.Key}", bucket.Name, created.Key, Version: null).Fault is { } fault)
        {
            mistakes.Add($"An object of '{created.Bucket}' cannot be recorded. {fault}");
            return false;
        }

        if (!created.Key.StartsWith(bucket.Prefix, StringComparison.Ordinal) || created.Key.EndsWith('/'))
        {
            ignored.Add($"'{created.Key}' in {created.Bucket} is not below '{bucket.Prefix}', or it is a folder.");
            return false;
        }

        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(23, LogLevel.Information, "An event is ignored: {What}")]
        public static partial void Ignored(ILogger log, string what);

        [LoggerMessage(24, LogLevel.Warning, "An event is not taken in: {Problem}")]
        public static partial void Trouble(ILogger log, string problem);
    }
}
