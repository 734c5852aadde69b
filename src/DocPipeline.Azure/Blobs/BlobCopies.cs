using DocPipeline.Blobs;
using DocPipeline.Documents;

namespace DocPipeline.Azure.Blobs;

/// <summary>Copies on the disk of this process, complete or not there. Those that nobody asked for in an hour go when another one comes: a disk is smaller than a container.</summary>
internal sealed class BlobCopies(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("docpipeline-blobs-");
    private readonly Lock _lock = new();
    private BlobFolder? _folder;

    private BlobFolder Folder => _folder ??= new(_root.FullName);

    /// <inheritdoc cref="IBlobs.AddAsync"/>
    public Task<(ContentHash Content, long Size)> AddAsync(Stream source, long maxBytes, CancellationToken cancellationToken)
    {
        RemoveOld();
        return Folder.AddAsync(source, maxBytes, cancellationToken);
    }

    /// <summary>From now on it is there for an hour.</summary>
    public string? Find(ContentHash content, string name)
    {
        var path = Folder.DerivedPath(content, name);
        lock (_lock)
        {
            if (!File.Exists(path))
            {
                return null;
            }

            File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
            return path;
        }
    }

    /// <exception cref="InvalidDataException">These are not the bytes of that content.</exception>
    public async Task<string> KeepAsync(ContentHash content, string name, Stream source, CancellationToken cancellationToken)
    {
        if (name == ReadBlobs.Original)
        {
            var (copied, _) = await AddAsync(source, long.MaxValue, cancellationToken);
            if (copied != content)
            {
                throw new InvalidDataException($"The original {content} is damaged: its bytes have the hash {copied}.");
            }
        }
        else
        {
            RemoveOld();
            using var bytes = new MemoryStream();
            await source.CopyToAsync(bytes, cancellationToken);
            await Folder.WriteDerivedAsync(content, name, bytes.ToArray(), cancellationToken);
        }

        return Find(content, name) ?? throw new IOException($"The copy of {content} went while it was made.");
    }

    public void Forget(ContentHash content, string name)
    {
        lock (_lock)
        {
            var path = Folder.DerivedPath(content, name);
            if (File.Exists(path))
            {
                File.Delete(path);
            }
        }
    }

    public void Dispose() => _root.Delete(recursive: true);

    private void RemoveOld()
    {
        var oldest = (time.GetUtcNow() - Kept).UtcDateTime;
        lock (_lock)
        {
            foreach (var file in _root.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.LastWriteTimeUtc < oldest))
            {
                file.Delete();
            }
        }
    }
}
