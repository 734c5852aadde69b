using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace DocPipeline.Pages.Pdf;

/// <summary>
/// Limits of a child that was started a moment ago, set by the kernel's own call: the program of that name, between us and the child, costs a millisecond, where
/// pdfinfo takes eight. Linux only.
/// </summary>
/// <remarks>
/// Danger: for some microseconds the child has no limits. It spends the first milliseconds loading its libraries, before it opens the document, and what it has by then counts.
/// </remarks>
internal static partial class ProcessLimits
{
    // From the kernel's resource.h; the same on x86-64 and on ARM.
    private const int ProcessorTime = 0;
    private const int FileSize = 1;
    private const int CoreFile = 4;
    private const int AddressSpace = 9;
    private const int NoSuchProcess = 3;

    /// <param name="child">Our own child. One that has ended already is no error.</param>
    /// <param name="memory">Bytes of address space.</param>
    /// <param name="seconds">Of processor time; a second later the kernel no longer asks.</param>
    /// <param name="file">Bytes of the longest file that it may write.</param>
    /// <exception cref="Win32Exception">The kernel refused.</exception>
    public static void Set(Process child, long memory, int seconds, long file)
    {
        Set(child.Id, AddressSpace, memory, memory);
        Set(child.Id, ProcessorTime, seconds, seconds + 1);
        Set(child.Id, FileSize, file, file);
        Set(child.Id, CoreFile, 0, 0);
    }

    private static void Set(int process, int resource, long soft, long hard)
    {
        if (Limit(process, resource, new Limits((ulong)soft, (ulong)hard), before: 0) != 0 && Marshal.GetLastPInvokeError() is not NoSuchProcess and var error)
        {
            throw new Win32Exception(error);
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Limits(ulong Soft, ulong Hard);

    [LibraryImport("libc", EntryPoint = "prlimit64", SetLastError = true)]
    private static partial int Limit(int process, int resource, in Limits limits, nint before);
}
