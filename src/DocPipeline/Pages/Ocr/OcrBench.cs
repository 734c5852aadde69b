using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace DocPipeline.Pages.Ocr;

/// <summary>Recognition without a pipeline around it: the yardstick for the pipeline's own cost.</summary>
public static class OcrBench
{
    /// <summary>
    /// Reads the pictures in <paramref name="workers"/> children, each with its share, with the same engine and settings as the pipeline.
    /// The time is that of the slowest child's recognition loop: neither start-up nor decoding counts.
    /// </summary>
    /// <exception cref="InvalidOperationException">A child failed.</exception>
    public static async Task<(TimeSpan Elapsed, TimeSpan Processor, int Words)> BareAsync(
        IReadOnlyList<string> pictures, int workers, IOptions<PageOptions> options, CancellationToken cancellationToken)
    {
        var shares = pictures.Select((path, index) => (path, index)).GroupBy(picture => picture.index % workers, picture => picture.path);
        var results = await Task.WhenAll(shares.Select(share => RunAsync([.. share], options.Value, cancellationToken)));
        return (
            TimeSpan.FromMilliseconds(results.Max(result => result.Milliseconds)),
            TimeSpan.FromMilliseconds(results.Sum(result => result.ProcessorMilliseconds)),
            results.Sum(result => result.Words));
    }

    private static async Task<(double Milliseconds, double ProcessorMilliseconds, int Words)> RunAsync(IReadOnlyList<string> pictures, PageOptions options, CancellationToken cancellationToken)
    {
        using var process = Process.Start(OcrChild.StartInfo(options, ["--bare", options.Languages, .. pictures]))!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var line = (await process.StandardOutput.ReadToEndAsync(cancellationToken)).Trim().Split(' ');
        await process.WaitForExitAsync(cancellationToken);
        return line is [var milliseconds, var processor, var words] && process.ExitCode == 0
            ? (double.Parse(milliseconds, CultureInfo.InvariantCulture), double.Parse(processor, CultureInfo.InvariantCulture), int.Parse(words, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"Bare recognition failed: {await errors}");
    }
}
