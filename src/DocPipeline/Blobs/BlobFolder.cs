using System.Buffers;
using System.Security.Cryptography;
using DocPipeline.Documents;

namespace DocPipeline.Blobs;

/// <summary>Blobs on a local disk: everything is written under a temporary name, flushed to the disk and renamed, and the directories are flushed, too.</summary>
public sealed class BlobFolder : IBlobs
{
    private readonly string _root;

    public BlobFolder(string root)
    {
        _root = Path.GetFullPath(root);
        Directory.CreateDirectory(Path.Combine(_root, "incoming"));
    }

    public async Task<(ContentHash Content, long Size)> AddAsync(Stream source, long maxBytes, CancellationToken cancellationToken)
    {
        var incoming = Path.Combine(_root, "incoming", Path.GetRandomFileName());
        try
        {
            var (hash, size) = await CopyAsync(source, incoming, maxBytes, cancellationToken);
            Keep(incoming, PathOf(hash));
            // Whoever made the directories may not have flushed them yet. What is derived finds them flushed.
            Disk.FlushDirectory(Path.Combine(_root, hash.Value[..2]));
            Disk.FlushDirectory(_root);
            return (hash, size);
        }
        finally
        {
            File.Delete(incoming);
        }
    }

    /// <summary>For whoever knows before the first byte that there are too many.</summary>
    public static DocumentFault TooLarge(long maxBytes) => new(FaultCodes.TooLarge, $"The file is larger than {maxBytes / 1_000_000} MB. Split it or raise the limit.");

    /// <summary>Path of the original bytes; the file exists if the content was added.</summary>
    public string PathOf(ContentHash content) => DerivedPath(content, ReadBlobs.Original);

    /// <summary>Path of something derived from a content, such as <c>pages.v1.json</c>.</summary>
    public string DerivedPath(ContentHash content, string name) => Path.Combine(_root, content.Value[..2], content.Value, name);

    public async Task WriteDerivedAsync(ContentHash content, string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var incoming = Path.Combine(_root, "incoming", Path.GetRandomFileName());
        try
        {
            await using (var file = File.Create(incoming))
            {
                await file.WriteAsync(bytes, cancellationToken);
                // The journal will say that this was made, and nobody makes it again.
                file.Flush(flushToDisk: true);
            }

            Keep(incoming, DerivedPath(content, name));
        }
        finally
        {
            File.Delete(incoming);
        }
    }

    public Task<Stream?> OpenAsync(ContentHash content, string name, CancellationToken cancellationToken)
    {
        var path = DerivedPath(content, name);
        return Task.FromResult<Stream?>(File.Exists(path) ? File.OpenRead(path) : null);
    }

    public Task<string?> FindPathAsync(ContentHash content, string name, CancellationToken cancellationToken)
    {
        var path = DerivedPath(content, name);
        return Task.FromResult(File.Exists(path) ? path : null);
    }

    public Task<IReadOnlyList<string>> FindDerivedAsync(ContentHash content, string start, CancellationToken cancellationToken)
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(PathOf(content))!);
        return Task.FromResult<IReadOnlyList<string>>(
            folder.Exists ? [.. folder.EnumerateFiles(start + "*").Select(file => file.Name).Order(StringComparer.Ordinal)] : []);
    }

    private static void Keep(string incoming, string target)
    {
        var folder = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(folder);
        File.Move(incoming, target, overwrite: true);
        Disk.FlushDirectory(folder);
    }

    private static async Task<(ContentHash Content, long Size)> CopyAsync(Stream source, string target, long maxBytes, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            await using var file = File.Create(target);
            long size = 0;
            int count;
            while ((count = await source.ReadAsync(buffer, cancellationToken)) > 0)
            {
                size += count;
                if (size > maxBytes)
                {
                    throw TooLarge(maxBytes);
                }

                hash.AppendData(buffer, 0, count);
                await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            }

            // Originals are the evidence of a claim: they must survive a power cut once an event has been answered.
            file.Flush(flushToDisk: true);
            return (new ContentHash(Convert.ToHexStringLower(hash.GetHashAndReset())), size);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
