using System.Diagnostics;

namespace DocPipeline.Testing;

/// <summary>Sends signals to processes that a test has started.</summary>
public static class Signals
{
    /// <param name="signal">Name without SIG, such as <c>TERM</c>.</param>
    public static void Send(string signal, int processId)
    {
        // The shell's own kill: the program of that name is not on every machine (Debian's is in procps).
        using var shell = Process.Start("/bin/sh", ["-c", $"kill -s {signal} {processId}"]);
        shell.WaitForExit();
    }
}
