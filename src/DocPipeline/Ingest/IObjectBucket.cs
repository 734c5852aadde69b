using DocPipeline.Documents;
using DocPipeline.Workflow;

namespace DocPipeline.Ingest;

/// <summary>
/// A bucket in an object store. What stands under one ETag never changes, so key and ETag together are the event: whoever names them, a message or a
/// listing, and in whatever order, means the same bytes.
/// </summary>
/// <remarks>
/// Every method throws <see cref="DocumentFault"/> with <see cref="FaultCodes.Disappeared"/> where the object is gone or was overwritten, <see cref="TransientFailure"/>
/// where it may go well later, and <see cref="BucketRefusal"/> where a person has to do something about settings or permissions.
/// </remarks>
public interface IObjectBucket
{
    /// <summary>The name in every submission: the kind of store, a colon and the store's own name, such as <c>s3:claims</c>.</summary>
    string Name { get; }

    /// <summary>Keys begin so; what lies elsewhere in the bucket is none of our business. "" for all.</summary>
    string Prefix { get; }

    /// <summary>One page of what is in the bucket now, in no order that anybody relies on.</summary>
    /// <param name="continuation">From the page before; null for the first one.</param>
    Task<ObjectPage> ListAsync(string? continuation, CancellationToken cancellationToken);

    /// <summary>What the store says of an object, for events that do not tell its ETag.</summary>
    /// <param name="versionId">Null: as it is now.</param>
    Task<StoredObject> FindAsync(string key, string? versionId, CancellationToken cancellationToken);

    /// <summary>Opens the bytes of exactly this ETag, and of this version if there is one.</summary>
    Task<OpenedObject> OpenAsync(StoredObject stored, CancellationToken cancellationToken);
}

/// <summary>An object as the store names it.</summary>
/// <param name="Key">As it is in the store, decoded.</param>
/// <param name="ETag">Without quotes.</param>
/// <param name="VersionId">Where the store keeps versions and somebody told which.</param>
/// <param name="Size">Bytes, as the store says; null where it did not say.</param>
public sealed record StoredObject(string Key, string ETag, string? VersionId = null, long? Size = null);

/// <param name="Continuation">Where the next page begins; null: this was the last one.</param>
public sealed record ObjectPage(IReadOnlyList<StoredObject> Objects, string? Continuation);

/// <summary>The bytes of an object on their way, and the connection they come by.</summary>
/// <param name="Size">As the store says before the first byte; null where it did not say.</param>
public sealed class OpenedObject(Stream content, long? size, IDisposable connection) : IDisposable
{
    public Stream Content { get; } = content;

    public long? Size { get; } = size;

    public void Dispose()
    {
        Content.Dispose();
        connection.Dispose();
    }
}

/// <summary>The store refuses what we ask, and will until somebody changes a setting or a permission.</summary>
public sealed class BucketRefusal(string message, Exception? inner = null) : Exception(message, inner);
