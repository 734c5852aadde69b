using DocPipeline.Samples.Drawing;
using DocPipeline.Samples.Fiction;
using DocPipeline.Samples.Forms;
using DocPipeline.Samples.Papers;
using DocPipeline.Samples.Pictures;

namespace DocPipeline.Samples.Catalogue;

/// <summary>What is wanted.</summary>
/// <param name="Degrade">One of the media of <see cref="RandomFolder"/>, or mixed.</param>
/// <param name="Type">One of <see cref="PaperTypes"/>, or packet; null for all.</param>
/// <param name="Kind">filled, or mixed with blank forms and papers that are no claims.</param>
internal sealed record RandomRequest(ulong Seed, int Count, string Folder, string Degrade, string? Type, string Kind);

/// <summary>Writes random documents with their ground truths. The n-th document of a seed is the same whatever the count.</summary>
internal static class RandomFolder
{
    private const string PacketType = "packet";

    private static readonly string[] Types =
    [
        PaperTypes.AutoClaimForm, PaperTypes.AutoClaimForm, PaperTypes.RepairEstimate, PaperTypes.RepairEstimate, PaperTypes.Invoice, PaperTypes.Invoice, PaperTypes.Receipt,
        PaperTypes.Cms1500, PaperTypes.PoliceReport, PaperTypes.InsuranceCard, PaperTypes.DischargeSummary, PaperTypes.PolicyDeclarations, PaperTypes.LossRun, PacketType,
    ];

    public static void Write(RandomRequest request)
    {
        Directory.CreateDirectory(request.Folder);
        for (var i = 0; i < request.Count; i++)
        {
            var dice = new Dice(request.Seed).Fork((ulong)i + 1);
            var kind = request.Kind == "mixed" ? dice.Pick("filled", "filled", "filled", "filled", "filled", "filled", "blank", "negative") : "filled";
            var type = request.Type ?? dice.Pick(Types);
            var (packet, layout, planted) = Make(type, kind, dice);
            var medium = request.Degrade == "mixed" ? dice.Pick("clean", "clean", "clean", "scan", "bilevel", "photo", "png", "tiff") : request.Degrade;
            // A photograph or a PNG shows one page: longer documents are scanned instead.
            medium = packet.Sheets.Count > 1 && medium is ("photo" or "png") ? "scan" : medium;
            var (extension, bytes) = Bytes(packet.Sheets, medium, dice);
            var file = $"{i + 1:0000}-{(kind == "filled" ? type : kind)}-{medium}.{extension}";
            File.WriteAllBytes(Path.Combine(request.Folder, file), bytes);
            File.WriteAllText(Path.Combine(request.Folder, $"{file}.gt.json"), Json.GroundTruth(file, kind, medium, layout, planted, packet));
        }
    }

    private static (Packet Packet, string Layout, string? Planted) Make(string type, string kind, Dice dice)
    {
        var locale = PickLocale(kind == "filled" ? type : PaperTypes.AutoClaimForm, dice);
        var setting = Setting.Random(locale, dice);
        var planted = kind == "filled" && dice.Chance(0.08) ? Plant(type, ref setting) : null;
        var layout = $"{setting.Style.Arrangement}, {setting.Style.Face}, {locale.Country}, {locale.DatePattern}".ToLowerInvariant();
        return (kind switch
        {
            "blank" => new Packet([Blank(setting)]),
            "negative" => new Packet([Negative(setting)]),
            _ when type == PacketType => Packet.Random(setting, planted == "date_of_loss"),
            _ => new Packet([Filled(type, setting)]),
        }, layout, planted);
    }

    // What contradicts itself on purpose; the truth stays what is printed.
    private static string? Plant(string type, ref Setting setting)
    {
        switch (type)
        {
            case PaperTypes.RepairEstimate:
                setting = setting with { Case = setting.Case.WithWrongTotal() };
                return "total_amount";
            case PaperTypes.AutoClaimForm or PaperTypes.PolicyDeclarations:
                setting = setting with { Case = setting.Case.WithWrongVin() };
                return "vin";
            case PacketType:
                return "date_of_loss";
            default:
                return null;
        }
    }

    private static Locale PickLocale(string type, Dice dice) => type switch
    {
        PaperTypes.Cms1500 or PaperTypes.InsuranceCard => Locale.UnitedStates(dice),
        PaperTypes.Invoice or PaperTypes.RepairEstimate => dice.Whole(0, 9) switch { < 5 => Locale.UnitedStates(dice), < 7 => Locale.India(dice), < 8 => Locale.UnitedKingdom(dice), _ => Locale.Germany(dice) },
        _ => dice.Whole(0, 9) switch { < 7 => Locale.UnitedStates(dice), < 9 => Locale.India(dice), _ => Locale.UnitedKingdom(dice) },
    };

    private static Paper Filled(string type, Setting setting)
    {
        var dice = setting.Dice;
        return type switch
        {
            PaperTypes.AutoClaimForm => Paper.Of(type, AutoClaimForm.Make(setting, dice.Chance(0.6)), setting.Style),
            PaperTypes.RepairEstimate => Paper.Of(type, RepairPapers.Estimate(setting), setting.Style),
            PaperTypes.Invoice => Paper.Of(type, setting.Locale.Country == "DE" || dice.Chance(0.4) ? RepairPapers.Invoice(setting) : HospitalPapers.Bill(setting, dice.Chance(0.5)), setting.Style),
            PaperTypes.Receipt => ReceiptPaper.Make(setting),
            PaperTypes.Cms1500 => Cms1500Paper.Make(setting, dice.Chance(0.5)),
            PaperTypes.PoliceReport => Paper.Of(type, PoliceReport.Make(setting, !setting.Case.TwoVehicles || dice.Chance(0.3)), setting.Style),
            PaperTypes.InsuranceCard => dice.Chance(0.5) ? InsuranceCardPaper.Make(setting) : InsuranceCardPaper.MakeOnPage(setting),
            PaperTypes.DischargeSummary => Paper.Of(type, HospitalPapers.DischargeSummary(setting), setting.Style),
            PaperTypes.PolicyDeclarations => Paper.Of(type, PolicyPapers.Declarations(setting), setting.Style),
            PaperTypes.LossRun => Paper.Of(type, PolicyPapers.LossRun(setting, dice.Whole(5, 80), dice.Pick(7.5, 7.5, 9)), setting.Style),
            _ => throw new ArgumentException($"There is no random document of the type '{type}'.", nameof(type)),
        };
    }

    private static Paper Blank(Setting setting)
    {
        if (setting.Dice.Chance(0.35))
        {
            return Cms1500Paper.Make(setting, setting.Dice.Chance(0.5), blank: true);
        }

        var (type, form) = setting.Dice.Chance(0.6)
            ? (PaperTypes.AutoClaimForm, AutoClaimForm.Make(setting, otherParty: true))
            : (PaperTypes.PoliceReport, PoliceReport.Make(setting, insuredNamed: false));
        return new Paper(type, FormRenderer.Render(BlankNarrative(form).Blank(), setting.Style), new Truth());
    }

    // A blank report has no story yet.
    private static Form BlankNarrative(Form form) => form with { Blocks = [.. form.Blocks.Where(block => !block.Heading.Contains("Narrative", StringComparison.Ordinal))] };

    private static Paper Negative(Setting setting)
    {
        var form = setting.Dice.Pick(NegativePapers.Recipe(), NegativePapers.Newsletter(setting), NegativePapers.Minutes(setting));
        return new Paper(PaperTypes.NotAClaim, FormRenderer.Render(form, setting.Style), new Truth());
    }

    private static (string Extension, byte[] Bytes) Bytes(IReadOnlyList<Sheet> sheets, string medium, Dice dice) => medium switch
    {
        "clean" => ("pdf", PdfFile.Write(sheets)),
        "bilevel" => ("pdf", Media.BilevelPdf(sheets, dice, dice.Chance(0.3))),
        "png" => ("png", dice.Chance(0.3) ? Png.InkOnTransparent(Rasteriser.Render(sheets, 150)[0]) : Png.Gray(Rasteriser.Render(sheets, 150)[0])),
        "tiff" => ("tif", Tiff.Bilevel([.. Rasteriser.Render(sheets, 200).Select(page => Degrade.Scan(page, dice))], 200)),
        "photo" => ("jpg", Photo(sheets, dice)),
        "scan" => ("pdf", Media.ScanPdf(sheets, dice, dice.Whole(45, 80))),
        _ => throw new ArgumentException($"There is no medium '{medium}'.", nameof(medium)),
    };

    private static byte[] Photo(IReadOnlyList<Sheet> sheets, Dice dice)
    {
        var narrow = sheets[0].Width < 300;
        var photo = Degrade.Photo(Rasteriser.Render(sheets, narrow ? 260 : 220)[0], dice, tilt: dice.Pick(2.0, 5.0, 10.0), width: narrow ? 1200 : 2000);
        return dice.Chance(0.2) ? Jpeg.Encode(Degrade.QuarterTurns(photo, 3), 80, orientation: 6) : Jpeg.Encode(photo, 80);
    }
}
