using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using DocPipeline.Azure.Buckets;
using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Workflow;

namespace DocPipeline.Azure.Blobs;

/// <summary>
/// Blobs in a container of Azure Blob Storage, which all machines share. What programs read as a file is copied to a folder of this process, which vanishes with it.
/// While the service refuses or does not answer, everything is a <see cref="TransientFailure"/>: a role that was just given takes minutes to count.
/// </summary>
public sealed class ContainerBlobs(BlobContainerClient container) : IBlobs, IDisposable
{
    private readonly Lazy<BlobCopies> _copies = new(() => new BlobCopies(TimeProvider.System));

    public async Task<(ContentHash Content, long Size)> AddAsync(Stream source, long maxBytes, CancellationToken cancellationToken)
    {
        // Hash, size and limit are known before anything is sent.
        var (content, size) = await _copies.Value.AddAsync(source, maxBytes, cancellationToken);
        var path = _copies.Value.Find(content, ReadBlobs.Original) ?? throw new IOException($"The copy of {content} went while it was sent.");
        await using var file = File.OpenRead(path);
        await AskAsync(
            async () =>
            {
                try
                {
                    return await Blob(content, ReadBlobs.Original).UploadAsync(file, new BlobUploadOptions { Conditions = new() { IfNoneMatch = ETag.All } }, cancellationToken);
                }
                catch (RequestFailedException there) when (there.Status is 409 or 412 && there.ErrorCode == BlobErrorCode.BlobAlreadyExists)
                {
                    return null;
                }
            },
            cancellationToken);
        return (content, size);
    }

    public async Task WriteDerivedAsync(ContentHash content, string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await AskAsync(async () => await Blob(content, name).UploadAsync(BinaryData.FromBytes(bytes), overwrite: true, cancellationToken), cancellationToken);
        _copies.Value.Forget(content, name);
    }

    public Task<Stream?> OpenAsync(ContentHash content, string name, CancellationToken cancellationToken) => AskAsync(
        async () =>
        {
            try
            {
                // What is derived is small and comes whole or not at all; an original may be as large as anything.
                return name == ReadBlobs.Original
                    ? (await Blob(content, name).DownloadStreamingAsync(cancellationToken: cancellationToken)).Value.Content
                    : (await Blob(content, name).DownloadContentAsync(cancellationToken)).Value.Content.ToStream();
            }
            catch (RequestFailedException missing) when (missing.Status == 404 && missing.ErrorCode == BlobErrorCode.BlobNotFound)
            {
                return null;
            }
        },
        cancellationToken);

    public async Task<string?> FindPathAsync(ContentHash content, string name, CancellationToken cancellationToken)
    {
        if (_copies.Value.Find(content, name) is { } copied)
        {
            return copied;
        }

        await using var source = await OpenAsync(content, name, cancellationToken);
        return source is null ? null : await AskAsync(() => _copies.Value.KeepAsync(content, name, source, cancellationToken), cancellationToken);
    }

    public Task<IReadOnlyList<string>> FindDerivedAsync(ContentHash content, string start, CancellationToken cancellationToken) => AskAsync(
        async () =>
        {
            var folder = Name(content, "");
            var names = new List<string>();
            await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = folder + start }, cancellationToken))
            {
                names.Add(blob.Name[folder.Length..]);
            }

            return (IReadOnlyList<string>)[.. names.Order(StringComparer.Ordinal)];
        },
        cancellationToken);

    public void Dispose()
    {
        if (_copies.IsValueCreated)
        {
            _copies.Value.Dispose();
        }
    }

    private static string Name(ContentHash content, string name) => $"{content.Value[..2]}/{content.Value}/{name}";

    private BlobClient Blob(ContentHash content, string name) => container.GetBlobClient(Name(content, name));

    private async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && BlobFailures.IsOfWay(failure))
        {
            var what = failure is RequestFailedException { Status: > 0 } refused ? $"{refused.Status} {refused.ErrorCode}" : failure.Message;
            throw new TransientFailure($"The container of DOCPIPELINE_BLOBS, {container.Uri}, cannot be used now: {what}. Our identity needs the role Storage Blob Data Contributor.", inner: failure);
        }
    }
}
