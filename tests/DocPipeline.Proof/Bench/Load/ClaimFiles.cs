using DocPipeline.Samples.Drawing;
using DocPipeline.Samples.Fiction;
using DocPipeline.Samples.Papers;
using DocPipeline.Samples.Pictures;

namespace DocPipeline.Proof.Bench.Load;

/// <summary>Claims of three pages (claim form, repair estimate, police report), each a case of its own. The same files for the same seed.</summary>
internal static class ClaimFiles
{
    public const int Pages = 3;

    private const int ScanResolution = 300;

    /// <returns>Paths in the order in which they are to be handed in.</returns>
    public static IReadOnlyList<string> Write(string folder, DocumentMix mix, ulong seed, int count)
    {
        Directory.CreateDirectory(folder);
        var paths = new List<string>(count);
        for (var number = 0; number < count; number++)
        {
            var dice = new Dice(seed).Fork((ulong)number + 1);
            var sheets = Sheets(dice);
            var medium = mix.MediumOf(number);
            var path = Path.Combine(folder, $"{seed}-{number:0000}-{medium}.pdf");
            File.WriteAllBytes(path, medium switch
            {
                "digital" => PdfFile.Write(sheets),
                "scanned" when dice.Chance(0.5) => Media.BilevelPdf(sheets, dice, dithered: false, ScanResolution),
                "scanned" => Media.ScanPdf(sheets, dice, quality: 75, ScanResolution),
                _ => Photographed(sheets, dice),
            });
            paths.Add(path);
        }

        return paths;
    }

    private static IReadOnlyList<Sheet> Sheets(Dice dice)
    {
        var setting = Setting.Random(Locale.UnitedStates(dice), dice);
        return
        [
            Paper.Of(PaperTypes.AutoClaimForm, AutoClaimForm.Make(setting, otherParty: true), setting.Style).Sheets[0],
            Paper.Of(PaperTypes.RepairEstimate, RepairPapers.Estimate(setting), setting.Style).Sheets[0],
            Paper.Of(PaperTypes.PoliceReport, PoliceReport.Make(setting, insuredNamed: true), setting.Style).Sheets[0],
        ];
    }

    // What a telephone's scanning program sends: one PDF with a photo a page.
    private static byte[] Photographed(IReadOnlyList<Sheet> sheets, Dice dice) =>
        PdfFile.Write([.. Rasteriser.Render(sheets, 220).Select((page, number) => Media.ScanSheet(sheets[number], Degrade.Photo(page, dice, tilt: 3, width: 2000), quality: 80))]);
}
