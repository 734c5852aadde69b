using DocPipeline.Documents;

namespace DocPipeline.Ingest;

/// <summary>One version of one object of one bucket: what a workflow is started for.</summary>
/// <param name="Key">The object's key as the bucket names it; for a folder the path below it. Never used as a path.</param>
/// <param name="Version">What tells versions of one key apart: a version id, an ETag, or for folders the content hash.</param>
/// <param name="DuplicateOf">The submission that brought the same bytes first, or null. A duplicate is flagged for a person, never read again.</param>
public sealed record Submission(
    SubmissionId Id,
    string Bucket,
    string Key,
    string Version,
    ContentHash Content,
    long Size,
    SubmissionId? DuplicateOf = null);

/// <summary>What became of a submission.</summary>
/// <param name="State">One of <see cref="SubmissionStates"/>.</param>
/// <param name="ReasonCode">Why it did not pass; null where it did.</param>
public sealed record SubmissionOutcome(string State, string? ReasonCode);
