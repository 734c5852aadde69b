using System.Diagnostics;
using DocPipeline.Pages.Ocr;

namespace DocPipeline.OcrWorker;

/// <summary>Recognition and nothing else: what the pipeline's speed is measured against. Prints one line: milliseconds spent reading all files, milliseconds of processor time, words.</summary>
internal static class Bare
{
    /// <param name="files">Pictures of any format; decoded before the clock starts.</param>
    public static int Run(string languages, IReadOnlyList<string> files)
    {
        _ = Leptonica.setMsgSeverity(Leptonica.NoMessages);
        var engine = new Engine(languages);
        var pictures = files.Select(file =>
        {
            using var bytes = new FileBytes(file);
            using var pix = PictureFile.Decode(bytes, frame: 0, maxPixels: long.MaxValue, colour: false);
            return (Grey: Scan.Grey(pix), Threshold: Scan.ThresholdOf(pix));
        }).ToList();
        var words = 0;
        var processor = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        foreach (var picture in pictures)
        {
            words += engine.Read(picture.Grey, dpi: 300, segmentation: 3, picture.Threshold).Count;
        }

        Console.WriteLine($"{clock.Elapsed.TotalMilliseconds:0} {(Environment.CpuUsage.TotalTime - processor).TotalMilliseconds:0} {words}");
        pictures.ForEach(picture => picture.Grey.Dispose());
        return 0;
    }
}
