using System.Diagnostics;
using System.Text;
using DocPipeline.Samples.Drawing;
using DocPipeline.Samples.Fiction;
using DocPipeline.Samples.Papers;
using DocPipeline.Samples.Pictures;

namespace DocPipeline.Proof.Bench;

/// <summary>Scanned pages as PDFs of pictures and nothing else, at 300 dots per inch. The same pages on every machine with the same fonts.</summary>
internal static class ScannedPages
{
    private const ulong Seed = 300;
    private const int Dpi = 300;

    /// <summary>Writes PDFs with <paramref name="pages"/> pages in all; every other file is a copier's black and white, the others are gray JPEGs.</summary>
    public static IReadOnlyList<string> Write(string folder, int pages, int pagesPerFile)
    {
        var dice = new Dice(Seed);
        var sheets = Sheets(pages, dice);
        var files = new List<string>();
        foreach (var (number, part) in sheets.Chunk(pagesPerFile).Index())
        {
            var path = Path.Combine(folder, $"scan-{number + 1:00}.pdf");
            File.WriteAllBytes(path, number % 2 == 0 ? Media.BilevelPdf(part, dice, dithered: false, Dpi) : Media.ScanPdf(part, dice, quality: 75, Dpi));
            files.Add(path);
        }

        return files;
    }

    /// <summary>The same pictures under another hash: what follows the end of a PDF is not read.</summary>
    public static async Task<IReadOnlyList<string>> CopyAsync(IReadOnlyList<string> files, string folder, string mark, CancellationToken cancellationToken)
    {
        var copies = new List<string>();
        foreach (var file in files)
        {
            var copy = Path.Combine(folder, $"{mark}-{Path.GetFileName(file)}");
            await File.WriteAllBytesAsync(copy, [.. await File.ReadAllBytesAsync(file, cancellationToken), .. Encoding.ASCII.GetBytes($"% {mark}\n")], cancellationToken);
            copies.Add(copy);
        }

        return copies;
    }

    /// <summary>The pictures of the pages, as the pipeline gives them to a reader.</summary>
    public static async Task<IReadOnlyList<string>> PicturesAsync(IReadOnlyList<string> files, string folder, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            using var process = Process.Start(new ProcessStartInfo("pdfimages", ["-j", file, Path.Combine(folder, Path.GetFileNameWithoutExtension(file))]))!;
            await process.WaitForExitAsync(cancellationToken);
        }

        return [.. Directory.GetFiles(folder).Where(path => Path.GetExtension(path) is ".jpg" or ".pbm").Order(StringComparer.Ordinal)];
    }

    // First pages of papers that are full, as people scan them: an average of some 250 words.
    private static List<Sheet> Sheets(int pages, Dice dice)
    {
        var sheets = new List<Sheet>();
        for (ulong number = 1; sheets.Count < pages; number++)
        {
            var own = dice.Fork(number);
            var setting = Setting.Random(Locale.UnitedStates(own), own);
            var paper = (number % 5) switch
            {
                0 => Paper.Of(PaperTypes.RepairEstimate, RepairPapers.Estimate(setting), setting.Style),
                1 => Cms1500Paper.Make(setting, own.Chance(0.5)),
                2 => Paper.Of(PaperTypes.PoliceReport, PoliceReport.Make(setting, insuredNamed: true), setting.Style),
                3 => Paper.Of(PaperTypes.LossRun, PolicyPapers.LossRun(setting, 40, 9), setting.Style),
                _ => Paper.Of(PaperTypes.AutoClaimForm, AutoClaimForm.Make(setting, otherParty: true), setting.Style),
            };
            sheets.Add(paper.Sheets[0]);
        }

        return sheets;
    }
}
