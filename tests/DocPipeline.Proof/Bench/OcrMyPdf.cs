using System.ComponentModel;
using System.Diagnostics;

namespace DocPipeline.Proof.Bench;

/// <summary>A peer: the program by which people add a text layer to scans, with the same engine behind it.</summary>
internal static class OcrMyPdf
{
    /// <returns>Wall seconds for all files as one PDF, its own start included.</returns>
    /// <exception cref="InvalidOperationException">It is not installed, or failed.</exception>
    public static async Task<double> ReadAsync(IReadOnlyList<string> files, string folder, int jobs, CancellationToken cancellationToken)
    {
        var whole = Path.Combine(folder, "peer.pdf");
        await RunAsync("pdfunite", [.. files, whole], cancellationToken);
        var clock = Stopwatch.StartNew();
        await RunAsync("ocrmypdf", ["-j", $"{jobs}", "--output-type", "pdf", "--quiet", whole, Path.Combine(folder, "peer-with-text.pdf")], cancellationToken);
        return clock.Elapsed.TotalSeconds;
    }

    private static async Task RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(program, arguments);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"{program} ended with code {process.ExitCode}.");
            }
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException($"'{program}' is not installed; leave --peer away, or install it.", exception);
        }
    }
}
