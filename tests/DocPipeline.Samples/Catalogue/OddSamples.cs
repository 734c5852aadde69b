using DocPipeline.Samples.Drawing;
using DocPipeline.Samples.Forms;
using DocPipeline.Samples.Papers;

namespace DocPipeline.Samples.Catalogue;

/// <summary>Samples that are mixed, empty, locked, broken or beside the point.</summary>
internal static class OddSamples
{
    private static readonly string[] AllFields =
    [
        "claim_number", "policy_number", "insurer", "report_number", "invoice_number", "policyholder_name", "insured_name", "claimant_name", "patient_name", "member_id",
        "date_of_loss", "time_of_loss", "loss_location", "loss_description", "vin", "license_plate", "vehicle_make", "total_amount", "subtotal", "tax", "deductible",
    ];

    public static IEnumerable<Sample> All()
    {
        yield return Packet();
        yield return BlankForm();
        yield return Locked();
        yield return Truncated();
        yield return Recipe();
    }

    private static Sample Packet()
    {
        var style = new Style();
        var setting = ClaimSamples.Setting(2315, ClaimSamples.America, style);
        var report = setting with { Case = setting.Case with { LossDate = setting.Case.LossDate.AddDays(1) } };
        var below = style with { Arrangement = Arrangement.Below, Face = Face.Serif };
        var boxed = style with { Arrangement = Arrangement.Boxed, Headings = HeadingLook.Capitals };
        var packet = new Packet(
        [
            Paper.Of(PaperTypes.AutoClaimForm, AutoClaimForm.Make(setting, otherParty: false), style),
            Paper.Of(PaperTypes.PoliceReport, PoliceReport.Make(report, insuredNamed: true), boxed),
            Paper.Of(PaperTypes.RepairEstimate, RepairPapers.Estimate(setting), below),
            InsuranceCardPaper.MakeOnPage(setting),
        ]);

        return new Sample("packet.pdf", "a packet: claim form, police report, estimate, insurance card and an empty page; the report's date of loss is a day later than the form's",
            PdfFile.Write([.. packet.Sheets, Sheet.Letter()]),
            new Expected(["needs_review"], "filled") { Documents = [.. packet.Placed().Select(placed => new ExpectedDocument(placed.Paper.Type, placed.Pages, placed.Paper.Truth.Values))], Core = packet.Agreed(), Findings = ["documents-contradict"] });
    }

    private static Sample BlankForm()
    {
        var style = new Style { Arrangement = Arrangement.Boxed };
        var form = AutoClaimForm.Make(ClaimSamples.Setting(2416, ClaimSamples.America, style), otherParty: true).Blank();
        var sheets = FormRenderer.Render(form, style);
        return new Sample("claim-form-blank.pdf", "a claim form that nobody filled in: it must yield nothing", PdfFile.Write(sheets), new Expected(["needs_review", "rejected"], "blank")
        {
            Documents = [new(PaperTypes.AutoClaimForm, [.. Enumerable.Range(1, sheets.Count)], new Truth().Values)],
            MustNot = AllFields,
        });
    }

    private static Sample Locked() => new("claim-form-locked.pdf", "a claim form that opens only with a password (which is: harbor)", PdfFile.Write(SmallForm(), new PdfPassword("harbor", "quay")),
        new Expected(["rejected", "needs_review"], "hostile") { Reason = "encrypted", MustNot = AllFields });

    private static Sample Truncated()
    {
        var whole = PdfFile.Write(SmallForm());
        return new Sample("claim-form-truncated.pdf", "a claim form whose transfer broke off after the first kilobyte", whole[..1024],
            new Expected(["rejected", "needs_review"], "hostile") { Reason = "corrupt", MustNot = AllFields });
    }

    private static Sample Recipe()
    {
        var style = new Style { Face = Face.Serif, Arrangement = Arrangement.Tight, Headings = HeadingLook.Bold };
        var sheets = FormRenderer.Render(NegativePapers.Recipe(), style);
        return new Sample("recipe.pdf", "a recipe: not a claim", PdfFile.Write(sheets), new Expected(["rejected"], "negative")
        {
            Reason = "not_a_claim",
            Documents = [new(PaperTypes.NotAClaim, [1], new Truth().Values)],
            MustNot = AllFields,
        });
    }

    private static IReadOnlyList<Sheet> SmallForm() =>
        FormRenderer.Render(AutoClaimForm.Make(ClaimSamples.Setting(2517, ClaimSamples.America, new Style()), otherParty: false), new Style());
}
