using System.ComponentModel.DataAnnotations;
using System.Text;
using DocPipeline.Documents;

namespace DocPipeline.Ingest;

/// <summary>An object that a bucket says it has.</summary>
/// <param name="Source">Who delivered the event, such as <c>s3:claims</c> or <c>folder:/srv/claims</c>; at most 256 bytes.</param>
/// <param name="EventKey">What makes the event itself unique within its source; at most 2,300 bytes.</param>
/// <param name="Bucket">At most 256 bytes.</param>
/// <param name="Key">The object's key, at most 2,048 bytes. Never used as a path.</param>
/// <param name="Version">Version id or ETag, at most 256 bytes; null where the bucket has none: then the content hash is the version.</param>
public sealed record IncomingObject(string Source, string EventKey, string Bucket, string Key, string? Version)
{
    /// <summary>What is wrong with the names, or null. An object with such names is refused: the database could not keep it apart from others.</summary>
    public string? Fault =>
        FaultOf("source", Source, 256) ?? FaultOf("event key", EventKey, 2300) ?? FaultOf("bucket", Bucket, 256) ?? FaultOf("key", Key, 2048)
            ?? (Version is null ? null : FaultOf("version", Version, 256));

    private static string? FaultOf(string name, string value, int maxBytes) => value switch
    {
        "" => $"The {name} is empty.",
        _ when value.Contains('\0', StringComparison.Ordinal) => $"The {name} contains a NUL character.",
        _ when Encoding.UTF8.GetByteCount(value) > maxBytes => $"The {name} is longer than {maxBytes} bytes.",
        _ => null,
    };
}

public sealed class IntakeOptions
{
    /// <summary>Largest file that is read; a larger one is recorded as rejected and its bytes are not kept. Default 100 MB.</summary>
    [Range(1, 10_000_000_000)]
    public long MaxBytes { get; set; } = 100_000_000;

    /// <summary>Objects of buckets that are read at once. Default 4.</summary>
    [Range(1, 256)]
    public int Parallel { get; set; } = 4;
}

public enum IntakeOutcome
{
    /// <summary>A submission was made.</summary>
    New,

    /// <summary>This very event has been answered before.</summary>
    KnownEvent,

    /// <summary>Another event has brought this version of this object before.</summary>
    KnownSubmission,
}

/// <summary>What became of an object at the door. The submission exists, and is committed, in every case.</summary>
/// <param name="State">The submission's state at that moment.</param>
/// <param name="ReasonCode">Why it did not pass, if so.</param>
/// <param name="DuplicateOf">The submission that brought the same bytes first, if another did.</param>
public sealed record IntakeResult(SubmissionId Submission, IntakeOutcome Outcome, string State, string? ReasonCode, SubmissionId? DuplicateOf);
