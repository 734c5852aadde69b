using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Workflow;
using Microsoft.Extensions.Logging;

namespace DocPipeline.Ingest;

public enum ObjectOutcomeKind
{
    /// <summary>It is a new submission.</summary>
    New,

    /// <summary>It was a submission already.</summary>
    Known,

    /// <summary>It is recorded as rejected: it was gone, overwritten or too large before a byte was read.</summary>
    Rejected,

    /// <summary>Not now; nothing is recorded, and whoever asks again may have more luck.</summary>
    Later,

    /// <summary>Not until somebody has done something about it; nothing is recorded.</summary>
    Failed,
}

/// <summary>What became of one object of a bucket.</summary>
/// <param name="Result">The submission; null where there is none or where it was known without a look.</param>
/// <param name="Problem">What went wrong, for a person.</param>
public sealed record ObjectOutcome(string Key, ObjectOutcomeKind Kind, IntakeResult? Result = null, string? Problem = null);

/// <summary>
/// Takes objects of buckets in, whoever told of them. Guarantee: one submission for the bytes under a key, however many messages and listings name them at
/// once; what cannot be read is recorded or reported, never skipped silently.
/// </summary>
/// <remarks>The content is the version: an object that is written again with the same bytes, or whose ETag changes with its metadata, is no second submission.</remarks>
public sealed partial class ObjectIntake(SubmissionIntake intake, IntakeOptions options, ILogger<ObjectIntake> log) : IDisposable
{
    /// <summary>A store that sends one byte a minute would hold a place for ever.</summary>
    private static readonly TimeSpan LongestRead = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _places = new(options.Parallel);

    /// <summary>Those of the objects that have been answered already.</summary>
    public async Task<IReadOnlyList<StoredObject>> NewAmongAsync(IObjectBucket bucket, IReadOnlyList<StoredObject> objects, CancellationToken cancellationToken)
    {
        // What the database cannot even be asked about is for the door to refuse by name.
        var known = await intake.KnownEventsAsync(bucket.Name, [.. objects.Select(EventKey).Where(key => !key.Contains('\0', StringComparison.Ordinal))], cancellationToken);
        return [.. objects.Where(stored => !known.Contains(EventKey(stored)))];
    }

    /// <summary>Takes one object in. Throws nothing but the cancellation that was asked for.</summary>
    public async Task<ObjectOutcome> TakeInAsync(IObjectBucket bucket, StoredObject stored, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            var result = await AcceptAsync(bucket, stored, cancellationToken);
            var kind = result.Outcome != IntakeOutcome.New ? ObjectOutcomeKind.Known : result.State == SubmissionStates.Rejected ? ObjectOutcomeKind.Rejected : ObjectOutcomeKind.New;
            if (kind != ObjectOutcomeKind.Known)
            {
                Log.TakenIn(log, Shown(stored.Key), bucket.Name, result.Submission, result.State, result.ReasonCode ?? "");
            }

            return new(stored.Key, kind, result);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            var failed = FailureClassifier.Classify(failure);
            return new(stored.Key, failed.Kind == FailureKind.Transient ? ObjectOutcomeKind.Later : ObjectOutcomeKind.Failed, Problem: failed.Message);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    /// <summary>A key is hostile: a line break in it must not look like a line of the log.</summary>
    internal static string Shown(string key) =>
        string.Concat(key.Select(character => char.IsControl(character) ? $"\\u{(int)character:x4}" : character.ToString()));

    private static string EventKey(StoredObject stored) => $"{stored.ETag} {stored.Key}";

    private async Task<IntakeResult> AcceptAsync(IObjectBucket bucket, StoredObject stored, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestRead);
        if (stored.ETag.Length == 0)
        {
            stored = await bucket.FindAsync(stored.Key, stored.VersionId, limit.Token);
        }

        var incoming = new IncomingObject(bucket.Name, EventKey(stored), bucket.Name, stored.Key, Version: null);
        using var reading = new Reading(bucket, stored, options.MaxBytes);
        try
        {
            return await intake.AcceptAsync(incoming, static (reading, stop) => reading.OpenAsync(stop), reading, limit.Token);
        }
        catch (DocumentFault gone) when (gone.Code == FaultCodes.Disappeared)
        {
            // Under a key of its own: should the same bytes be put there again, that is an event which nobody has answered.
            return await intake.RefuseAsync(incoming with { EventKey = "gone " + incoming.EventKey }, gone, limit.Token);
        }
    }

    private sealed class Reading(IObjectBucket bucket, StoredObject stored, long maxBytes) : IDisposable
    {
        private OpenedObject? _opened;

        public async Task<Stream> OpenAsync(CancellationToken cancellationToken)
        {
            if (stored.Size > maxBytes)
            {
                throw BlobFolder.TooLarge(maxBytes);
            }

            _opened = await bucket.OpenAsync(stored, cancellationToken);
            return _opened.Size > maxBytes ? throw BlobFolder.TooLarge(maxBytes) : _opened.Content;
        }

        public void Dispose() => _opened?.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(20, LogLevel.Information, "'{Key}' in {Bucket} is submission {Submission}, {State} {Reason}")]
        public static partial void TakenIn(ILogger log, string key, string bucket, SubmissionId submission, string state, string reason);
    }
}
