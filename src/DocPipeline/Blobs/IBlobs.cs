using DocPipeline.Documents;

namespace DocPipeline.Blobs;

/// <summary>
/// Files by content hash, and what was derived from them (pages, pictures, extractions). An original is written once; a file is complete or not there, and once
/// added it survives a power cut. What is derived under a name again replaces what was there, as a whole.
/// </summary>
/// <remarks>Layout: <c>ab/abcd…/original</c> and beside it the derived files. Names come from the product, never from a document.</remarks>
public interface IBlobs
{
    /// <summary>Stores a stream and returns its hash and size. The same bytes twice are stored once.</summary>
    /// <param name="maxBytes">Upper limit; one byte more is a <see cref="DocumentFault"/>.</param>
    /// <exception cref="DocumentFault"><see cref="FaultCodes.TooLarge"/>.</exception>
    Task<(ContentHash Content, long Size)> AddAsync(Stream source, long maxBytes, CancellationToken cancellationToken);

    /// <summary>Writes a derived file as a whole.</summary>
    Task WriteDerivedAsync(ContentHash content, string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>A file from where it is kept, never from a copy; null where it has not been made.</summary>
    Task<Stream?> OpenAsync(ContentHash content, string name, CancellationToken cancellationToken);

    /// <summary>Path of the file on this machine, for programs and for whoever sends it on; null where it has not been made. To be opened within the hour, and never written to.</summary>
    Task<string?> FindPathAsync(ContentHash content, string name, CancellationToken cancellationToken);

    /// <summary>Names of derived files that begin so, in ordinal order.</summary>
    Task<IReadOnlyList<string>> FindDerivedAsync(ContentHash content, string start, CancellationToken cancellationToken);
}

public static class ReadBlobs
{
    /// <summary>The name of the bytes that were added.</summary>
    public const string Original = "original";

    /// <summary>Path of the original bytes on this machine; see <see cref="IBlobs.FindPathAsync"/>.</summary>
    /// <exception cref="FileNotFoundException">The content was never added, or was removed.</exception>
    public static async Task<string> PathOfAsync(this IBlobs blobs, ContentHash content, CancellationToken cancellationToken) =>
        await blobs.FindPathAsync(content, Original, cancellationToken) ?? throw new FileNotFoundException($"The original {content} is not there.");

    /// <summary>Reads a derived file, or returns null where it has not been made.</summary>
    public static async Task<byte[]?> ReadDerivedAsync(this IBlobs blobs, ContentHash content, string name, CancellationToken cancellationToken)
    {
        await using var file = await blobs.OpenAsync(content, name, cancellationToken);
        if (file is null)
        {
            return null;
        }

        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }
}
