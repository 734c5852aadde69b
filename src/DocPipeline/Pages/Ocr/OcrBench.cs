using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace DocPipeline.Pages.Ocr;

/// <summary>What recognition without a pipeline takes.</summary>
/// <param name="Elapsed">Wall time of the slowest child, from its first file to its last word.</param>
/// <param name="Processor">Processor time of all children for the same.</param>
/// <param name="RecognitionElapsed">The same without reading and decoding the files.</param>
/// <param name="RecognitionProcessor">The same without reading and decoding the files.</param>
/// <param name="Words">Words read.</param>
public sealed record BareRecognition(TimeSpan Elapsed, TimeSpan Processor, TimeSpan RecognitionElapsed, TimeSpan RecognitionProcessor, int Words);

/// <summary>Recognition without a pipeline around it: the yardstick for the pipeline's own cost.</summary>
public static class OcrBench
{
    /// <summary>
    /// Reads the pictures in <paramref name="workers"/> children, each with its share, with the same engine and settings as the pipeline.
    /// The start of the children is not counted.
    /// </summary>
    /// <exception cref="InvalidOperationException">A child failed.</exception>
    public static async Task<BareRecognition> BareAsync(IReadOnlyList<string> pictures, int workers, IOptions<PageOptions> options, CancellationToken cancellationToken)
    {
        var shares = pictures.Select((path, index) => (path, index)).GroupBy(picture => picture.index % workers, picture => picture.path);
        var results = await Task.WhenAll(shares.Select(share => RunAsync([.. share], options.Value, cancellationToken)));
        return new(
            results.Max(result => result.Elapsed),
            Sum(result => result.Processor),
            results.Max(result => result.RecognitionElapsed),
            Sum(result => result.RecognitionProcessor),
            results.Sum(result => result.Words));

        TimeSpan Sum(Func<BareRecognition, TimeSpan> of) => TimeSpan.FromTicks(results.Sum(result => of(result).Ticks));
    }

    private static async Task<BareRecognition> RunAsync(IReadOnlyList<string> pictures, PageOptions options, CancellationToken cancellationToken)
    {
        using var process = Process.Start(OcrChild.StartInfo(options, ["--bare", options.Languages, .. pictures]))!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var line = (await process.StandardOutput.ReadToEndAsync(cancellationToken)).Trim().Split(' ');
        await process.WaitForExitAsync(cancellationToken);
        return line is [var elapsed, var processor, var recognition, var recognitionProcessor, var words] && process.ExitCode == 0
            ? new(Milliseconds(elapsed), Milliseconds(processor), Milliseconds(recognition), Milliseconds(recognitionProcessor), int.Parse(words, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"Bare recognition failed: {await errors}");
    }

    private static TimeSpan Milliseconds(string digits) => TimeSpan.FromMilliseconds(double.Parse(digits, CultureInfo.InvariantCulture));
}
