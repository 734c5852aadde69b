using DocPipeline.Documents;

namespace DocPipeline.Ingest;

/// <summary>One version of one object of one bucket: what a workflow is started for.</summary>
/// <param name="Key">The object's key as the bucket names it; for a folder the path below it. Never used as a path.</param>
/// <param name="Version">What tells versions of one key apart: a version id, an ETag, or for folders the content hash.</param>
public sealed record Submission(SubmissionId Id, string Bucket, string Key, string Version, ContentHash Content, long Size);
