using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DocPipeline.Ingest;

/// <summary>The few system calls of Linux that the framework has no word for: opening without following links, the kind of a file, its writers.</summary>
internal static partial class LibC
{
    public const int AtFdCwd = -100;
    public const int AtSymlinkNoFollow = 0x100;
    public const int AtEmptyPath = 0x1000;
    public const int NotFound = 2;
    public const int Again = 11;
    public const int TooManyLinks = 40;
    public const int NotADirectory = 20;

    public const int CloseOnExec = 0x80000;
    public const int NonBlocking = 0x800;
    public const int PathOnly = 0x200000;

    public const int SetLease = 1024;
    public const int SetSignal = 10;
    public const int ReadLease = 0;
    public const int NoLease = 2;

    /// <summary>A signal that does nothing unless somebody asks for it.</summary>
    public const int SignalUrgent = 23;

    private const uint BasicStats = 0x7ff;

    private static readonly bool Arm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;

    /// <summary>These two differ between processors.</summary>
    public static int DirectoryOnly => Arm ? 0x4000 : 0x10000;

    public static int NoFollow => Arm ? 0x8000 : 0x20000;

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial SafeFileHandle OpenAt(SafeFileHandle directory, string path, int flags);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(SafeFileHandle file, int command, nint argument);

    /// <summary>Status of a path; the last part is not followed if it is a link. Null where there is nothing (any more).</summary>
    public static FileStatus? StatusOf(string path) =>
        StatxPath(AtFdCwd, path, AtSymlinkNoFollow, BasicStats, out var status) == 0 ? new FileStatus(status) : Missing(path);

    /// <summary>Status of an open file.</summary>
    public static FileStatus StatusOf(SafeFileHandle file) =>
        StatxHandle(file, "", AtEmptyPath, BasicStats, out var status) == 0 ? new FileStatus(status) : throw Failure("an open file");

    /// <summary>The last system call failed: as an exception that says on what.</summary>
    public static IOException Failure(string path)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"{Marshal.GetPInvokeErrorMessage(error)}: '{path}'", error);
    }

    private static FileStatus? Missing(string path) =>
        Marshal.GetLastPInvokeError() is NotFound or NotADirectory ? null : throw Failure(path);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatxPath(int directory, string path, int flags, uint mask, out Statx status);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatxHandle(SafeFileHandle file, string path, int flags, uint mask, out Statx status);

    /// <summary>The same layout on every processor, unlike <c>stat</c>.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    internal struct Statx
    {
        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(40)]
        public ulong Size;

        [FieldOffset(112)]
        public long ModifiedSeconds;

        [FieldOffset(120)]
        public uint ModifiedNanoseconds;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}

internal enum FileKind
{
    Regular,
    Directory,
    Link,

    /// <summary>Pipe, socket or device: reading it may block for ever or never end.</summary>
    Special,
}

/// <summary>What tells whether a file is still the one that was looked at.</summary>
internal sealed record FileStatus(FileKind Kind, long Size, long ModifiedSeconds, long ModifiedNanoseconds, ulong Inode, ulong Device)
{
    public FileStatus(LibC.Statx status)
        : this(KindOf(status.Mode), (long)status.Size, status.ModifiedSeconds, status.ModifiedNanoseconds, status.Inode, ((ulong)status.DeviceMajor << 32) | status.DeviceMinor)
    {
    }

    /// <summary>Survives a restart and a copy of the bucket to another disk: no inode in it.</summary>
    public string Stamp => $"{ModifiedSeconds}.{ModifiedNanoseconds:000000000}-{Size}";

    public DateTimeOffset Modified => DateTimeOffset.UnixEpoch.AddTicks(
        Math.Clamp(ModifiedSeconds, -62_000_000_000, 250_000_000_000) * TimeSpan.TicksPerSecond + ModifiedNanoseconds / TimeSpan.NanosecondsPerTick);

    private static FileKind KindOf(ushort mode) => (mode & 0xf000) switch
    {
        0x8000 => FileKind.Regular,
        0x4000 => FileKind.Directory,
        0xa000 => FileKind.Link,
        _ => FileKind.Special,
    };
}
