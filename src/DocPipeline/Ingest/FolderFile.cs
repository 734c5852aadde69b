using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DocPipeline.Ingest;

/// <summary>A file that changed while it was read: what was read is no version of it.</summary>
public sealed class FileChangedException(string key) : IOException($"'{key}' changed while it was read.");

/// <summary>
/// A regular file below a folder, open for reading. No part of the way below the folder may be a link, also when somebody swaps one in at this moment:
/// each part is opened relative to the one before it.
/// </summary>
internal sealed class FolderFile : IDisposable
{
    private readonly string _root;
    private readonly string _key;
    private readonly SafeFileHandle _handle;

    private FolderFile(string root, string key, SafeFileHandle handle, FileStatus status)
    {
        (_root, _key, _handle, Status) = (root, key, handle, status);
    }

    public FileStatus Status { get; }

    /// <summary>Opens a file, or returns null where there is no regular file of that key (any more).</summary>
    public static FolderFile? Open(string root, string key)
    {
        var handle = OpenBelow(root, key);
        if (handle is null)
        {
            return null;
        }

        try
        {
            var status = LibC.StatusOf(handle);
            if (status.Kind == FileKind.Regular)
            {
                return new(root, key, handle, status);
            }

            handle.Dispose();
            return null;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>
    /// True if some process has the file open for writing. The kernel grants a read lease only where nobody has; where a file system or a
    /// right for leases is missing the answer is false, and the settling time alone decides.
    /// </summary>
    public bool HasWriter()
    {
        // Should somebody open the file for writing between the next two calls, the kernel sends a signal, and the usual one ends the process.
        if (LibC.Control(_handle, LibC.SetSignal, LibC.SignalUrgent) != 0)
        {
            return false;
        }

        if (LibC.Control(_handle, LibC.SetLease, LibC.ReadLease) == 0)
        {
            _ = LibC.Control(_handle, LibC.SetLease, LibC.NoLease);
            return false;
        }

        return Marshal.GetLastPInvokeError() == LibC.Again;
    }

    /// <summary>The bytes. Reading to the end fails with <see cref="FileChangedException"/> unless the file is still the one that was opened.</summary>
    public Stream Read() => new CheckedStream(this, new FileStream(_handle, FileAccess.Read, bufferSize: 0));

    public void Dispose() => _handle.Dispose();

    private static SafeFileHandle? OpenBelow(string root, string key)
    {
        var parts = key.Split('/');
        if (parts.Any(part => part is "" or "." or ".."))
        {
            throw new ArgumentException($"'{key}' is no key of a file in a folder.", nameof(key));
        }

        var directory = LibC.Open(root, LibC.PathOnly | LibC.DirectoryOnly | LibC.CloseOnExec);
        for (var i = 0; i < parts.Length; i++)
        {
            using var parent = directory;
            if (parent.IsInvalid)
            {
                break;
            }

            // Not blocking: what was a file a moment ago may be a pipe now.
            var flags = i < parts.Length - 1 ? LibC.PathOnly | LibC.DirectoryOnly : LibC.NonBlocking;
            directory = LibC.OpenAt(parent, parts[i], flags | LibC.NoFollow | LibC.CloseOnExec);
        }

        if (!directory.IsInvalid)
        {
            return directory;
        }

        var failure = LibC.Failure(key);
        directory.Dispose();
        return failure.HResult is LibC.NotFound or LibC.NotADirectory or LibC.TooManyLinks ? null : throw failure;
    }

    private void ThrowIfChanged(long bytesRead)
    {
        if (bytesRead != Status.Size || LibC.StatusOf(_handle) != Status)
        {
            throw new FileChangedException(_key);
        }

        using var now = Open(_root, _key);
        if (now?.Status != Status)
        {
            throw new FileChangedException(_key);
        }
    }

    private sealed class CheckedStream(FolderFile file, FileStream inner) : Stream
    {
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _read;
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await inner.ReadAsync(buffer, cancellationToken);
            _read += count;
            if (count == 0)
            {
                file.ThrowIfChanged(_read);
            }

            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
