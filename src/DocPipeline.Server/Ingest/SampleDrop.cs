using System.Security.Cryptography;

namespace DocPipeline.Server.Ingest;

/// <summary>A file that was put into the watched folder, as the folder's submission of it will be known.</summary>
internal sealed record DroppedFile(string Key, string Version);

/// <summary>Puts a folder's documents into the watched folder, as a person or another program would.</summary>
internal static class SampleDrop
{
    private static readonly string[] NotDocuments = [".expected.json", ".gt.json", ".md"];

    /// <summary>Copies what is not there yet. A file is there as a whole or not at all.</summary>
    /// <returns>Everything that is there now, in the order of the names.</returns>
    public static async Task<IReadOnlyList<DroppedFile>> IntoAsync(string bucketFolder, string samples, CancellationToken cancellationToken)
    {
        var prefix = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(samples)));
        var target = Directory.CreateDirectory(Path.Combine(bucketFolder, prefix));
        var dropped = new List<DroppedFile>();
        foreach (var path in Directory.EnumerateFiles(samples).Where(IsDocument).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
            var copy = Path.Combine(target.FullName, name);
            var known = File.Exists(copy) ? await File.ReadAllBytesAsync(copy, cancellationToken) : null;
            if (known is null || !known.AsSpan().SequenceEqual(bytes))
            {
                var unfinished = Path.Combine(target.FullName, $".{name}.partial");
                await File.WriteAllBytesAsync(unfinished, bytes, cancellationToken);
                File.Move(unfinished, copy, overwrite: true);
            }

            dropped.Add(new($"{prefix}/{name}", Convert.ToHexStringLower(SHA256.HashData(bytes))));
        }

        return dropped;
    }

    private static bool IsDocument(string path) =>
        !Path.GetFileName(path).StartsWith('.') && !NotDocuments.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
