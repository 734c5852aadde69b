using System.Buffers;
using System.Security.Cryptography;
using DocPipeline.Documents;

namespace DocPipeline.Blobs;

/// <summary>
/// Files by content hash on a local disk, and what was derived from them (pages, pictures, extractions).
/// A file is complete or not there, and once added it survives a power cut: everything is written under a temporary name, flushed to the disk and
/// renamed, and the directories are flushed, too.
/// </summary>
/// <remarks>Layout: <c>ab/abcd…/original</c> and beside it the derived files. Names come from the product, never from a document.</remarks>
public sealed class BlobFolder
{
    private const string Original = "original";
    private readonly string _root;

    public BlobFolder(string root)
    {
        _root = Path.GetFullPath(root);
        Directory.CreateDirectory(Path.Combine(_root, "incoming"));
    }

    /// <summary>Stores a stream and returns its hash and size. The same bytes twice are stored once.</summary>
    /// <param name="maxBytes">Upper limit; one byte more is a <see cref="DocumentFault"/>.</param>
    /// <exception cref="DocumentFault"><see cref="FaultCodes.TooLarge"/>.</exception>
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
    public string PathOf(ContentHash content) => DerivedPath(content, Original);

    /// <summary>Path of something derived from a content, such as <c>pages.v1.json</c>.</summary>
    public string DerivedPath(ContentHash content, string name) => Path.Combine(_root, content.Value[..2], content.Value, name);

    /// <summary>Writes a derived file as a whole.</summary>
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

    /// <summary>Reads a derived file, or returns null where it has not been made.</summary>
    public async Task<byte[]?> ReadDerivedAsync(ContentHash content, string name, CancellationToken cancellationToken)
    {
        var path = DerivedPath(content, name);
        return File.Exists(path) ? await File.ReadAllBytesAsync(path, cancellationToken) : null;
    }

    /// <summary>Names of derived files that match a pattern such as <c>page-1-*</c>, in ordinal order.</summary>
    public IReadOnlyList<string> FindDerived(ContentHash content, string pattern)
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(PathOf(content))!);
        return folder.Exists ? [.. folder.EnumerateFiles(pattern).Select(file => file.Name).Order(StringComparer.Ordinal)] : [];
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
