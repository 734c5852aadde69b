using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DocPipeline.Blobs;

/// <summary>What the framework cannot say to Linux: that the names in a directory, not only the bytes of a file, must survive a power cut.</summary>
internal static partial class Disk
{
    private const int ReadOnly = 0;
    private const int CloseOnExec = 0x80000;
    private const int NotSupported = 22;

    /// <summary>Returns when every name that was added to the directory is on the disk.</summary>
    /// <exception cref="IOException">The directory cannot be opened, or the disk failed. A file system that knows no flushing of directories is no failure.</exception>
    public static void FlushDirectory(string path)
    {
        using var directory = Open(path, ReadOnly | CloseOnExec);
        if (directory.IsInvalid || (Flush(directory) != 0 && Marshal.GetLastPInvokeError() != NotSupported))
        {
            var error = Marshal.GetLastPInvokeError();
            throw new IOException($"{Marshal.GetPInvokeErrorMessage(error)}: '{path}'", error);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(SafeFileHandle file);
}
