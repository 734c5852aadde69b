using System.Diagnostics;
using DocPipeline.Pages.Ocr;

namespace DocPipeline.OcrWorker;

/// <summary>
/// Recognition and nothing else: what the pipeline's speed is measured against. Prints one line: milliseconds from files to words, milliseconds of
/// processor time of it, milliseconds of recognition alone, milliseconds of processor time of that, words.
/// </summary>
internal static class Bare
{
    /// <param name="files">Pictures of any format.</param>
    public static int Run(string languages, IReadOnlyList<string> files)
    {
        _ = Leptonica.setMsgSeverity(Leptonica.NoMessages);
        var engine = new Engine(languages);
        var words = 0;
        var (recognition, recognitionProcessor) = (TimeSpan.Zero, TimeSpan.Zero);
        var (started, startedProcessor) = Now();
        foreach (var file in files)
        {
            using var bytes = new FileBytes(file);
            using var decoded = PictureFile.Decode(bytes, frame: 0, maxPixels: long.MaxValue, colour: false);
            using var grey = Scan.Grey(decoded);
            var (before, beforeProcessor) = Now();
            words += engine.Read(grey, dpi: 300, segmentation: 3, Scan.ThresholdOf(decoded)).Count;
            var (after, afterProcessor) = Now();
            recognition += after - before;
            recognitionProcessor += afterProcessor - beforeProcessor;
        }

        var (ended, endedProcessor) = Now();
        Console.WriteLine($"{(ended - started).TotalMilliseconds:0} {(endedProcessor - startedProcessor).TotalMilliseconds:0} {recognition.TotalMilliseconds:0} {recognitionProcessor.TotalMilliseconds:0} {words}");
        return 0;
    }

    private static (TimeSpan Wall, TimeSpan Processor) Now() => (Stopwatch.GetElapsedTime(0), Environment.CpuUsage.TotalTime);
}
