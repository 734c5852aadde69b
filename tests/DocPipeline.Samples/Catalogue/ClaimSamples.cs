using System.Text;
using DocPipeline.Samples.Drawing;
using DocPipeline.Samples.Fiction;
using DocPipeline.Samples.Forms;
using DocPipeline.Samples.Papers;
using DocPipeline.Samples.Pictures;

namespace DocPipeline.Samples.Catalogue;

/// <summary>Samples of good documents in their common forms.</summary>
internal static class ClaimSamples
{
    private static readonly string[] Good = ["accepted"];
    private static readonly string[] GoodOrLooked = ["accepted", "needs_review"];

    public static readonly Locale America = new() { Country = "US", DatePattern = "MM/dd/yyyy", MoneyPrefix = "$" };
    private static readonly Locale India = new() { Country = "IN", DatePattern = "dd/MM/yyyy", MoneyPrefix = "Rs. ", Currency = "INR" };
    private static readonly Locale Germany = new() { Country = "DE", DatePattern = "dd.MM.yyyy", MoneyPrefix = "", MoneySuffix = " EUR", Currency = "EUR" };

    public static IEnumerable<Sample> All()
    {
        yield return ClaimForm("auto-claim-form.pdf", "a clean digital auto claim form of two pages, label beside value, with another party's data as a decoy", Good);
        yield return ClaimForm("auto-claim-form-resent.pdf", "the same bytes as auto-claim-form.pdf under another name: a duplicate", GoodOrLooked);
        yield return ScannedEstimate();
        yield return ReceiptPhoto();
        yield return HealthClaim();
        yield return HospitalBill();
        yield return GermanInvoice();
        yield return Card();
        yield return DischargeSummary();
        yield return Declarations();
        yield return LossRun();
        yield return Fax();
        yield return Mail();
    }

    public static Setting Setting(ulong seed, Locale locale, Style style) =>
        new(World.NewCase(locale, new Dice(seed)), style, new Wording(locale.Language, null), new Dice(seed).Fork(7)) { TwelveHourClock = locale.Country == "US" };

    private static Sample ClaimForm(string file, string about, IReadOnlyList<string> states)
    {
        var paper = Paper.Of(PaperTypes.AutoClaimForm, AutoClaimForm.Make(Setting(1104, America, new Style { Size = 10.5 }), otherParty: true), new Style { Size = 10.5 });
        return Whole(file, about, PdfFile.Write(paper.Sheets), paper, states);
    }

    private static Sample ScannedEstimate()
    {
        var style = new Style { Face = Face.Serif, Arrangement = Arrangement.Pairs, Headings = HeadingLook.Underlined, Letterhead = LetterheadLook.TitleRight };
        var paper = Paper.Of(PaperTypes.RepairEstimate, RepairPapers.Estimate(Setting(1202, America, style)), style);
        return Whole("repair-estimate-scan.pdf", "a scanned repair estimate: one picture a page, slightly askew, no text layer; line table, subtotal, tax and total", Media.ScanPdf(paper.Sheets, new Dice(1202), 55), paper, GoodOrLooked);
    }

    private static Sample ReceiptPhoto()
    {
        var paper = ReceiptPaper.Make(Setting(1303, America, new Style()));
        var photo = Degrade.Photo(Rasteriser.Render(paper.Sheets, 260)[0], new Dice(1303), tilt: 6, width: 1200);
        return Whole("receipt-photo.jpg", "a till receipt photographed at an angle on a dark table", Jpeg.Encode(photo, 78), paper, GoodOrLooked);
    }

    private static Sample HealthClaim()
    {
        var paper = Cms1500Paper.Make(Setting(1405, America, new Style()), backPage: true);
        return new Sample("cms1500.pdf", "a boxed health claim: tiny labels in the cells, dates in MM DD YY columns, dollars and cents apart, legal text on the back page", PdfFile.Write(paper.Sheets),
            new Expected(Good, "filled") { Documents = [new(PaperTypes.Cms1500, [1, 2], paper.Truth.Values)], Core = paper.Truth.Values });
    }

    private static Sample HospitalBill()
    {
        var style = new Style { Arrangement = Arrangement.Pairs, Size = 9.5, A4 = true, BoldLabels = true, Headings = HeadingLook.Capitals };
        var paper = Paper.Of(PaperTypes.Invoice, HospitalPapers.Bill(Setting(1506, India, style), discounted: true), style);
        return Whole("hospital-bill-india.pdf", "an Indian hospital bill: day-first dates, lakh grouping, rupees, discount and advance as decoys", PdfFile.Write(paper.Sheets), paper, Good);
    }

    private static Sample GermanInvoice()
    {
        var style = new Style { Letterhead = LetterheadLook.Left, A4 = true, Headings = HeadingLook.Bold, Tables = TableLook.Lined };
        var paper = Paper.Of(PaperTypes.Invoice, RepairPapers.Invoice(Setting(1607, Germany, style)), style);
        return Whole("repair-invoice-german.pdf", "a German repair invoice: German labels, decimal commas, dotted dates", PdfFile.Write(paper.Sheets), paper, GoodOrLooked);
    }

    private static Sample Card()
    {
        var paper = InsuranceCardPaper.Make(Setting(1708, America, new Style()));
        return Whole("insurance-card.png", "an insurance card as a PNG whose background is transparent: black when flattened carelessly", Png.InkOnTransparent(Rasteriser.Render(paper.Sheets, 160)[0]), paper, GoodOrLooked);
    }

    private static Sample DischargeSummary()
    {
        var style = new Style { Arrangement = Arrangement.Tight, Face = Face.Serif, Size = 11, Headings = HeadingLook.Underlined };
        var locale = America with { DatePattern = "dd-MMM-yyyy" };
        var paper = Paper.Of(PaperTypes.DischargeSummary, HospitalPapers.DischargeSummary(Setting(1809, locale, style)), style);
        return Whole("discharge-summary.png", "a hospital discharge summary as a picture, dates like 07-Sep-2024", Png.Gray(Rasteriser.Render(paper.Sheets, 150)[0]), paper, GoodOrLooked);
    }

    private static Sample Declarations()
    {
        var style = new Style { Arrangement = Arrangement.Boxed, Headings = HeadingLook.Bold };
        var paper = Paper.Of(PaperTypes.PolicyDeclarations, PolicyPapers.Declarations(Setting(1911, America, style)), style);
        return Whole("policy-declarations.pdf", "a declarations page in boxes: label at the top left of each cell, value under it", PdfFile.Write(paper.Sheets), paper, Good);
    }

    private static Sample LossRun()
    {
        var style = new Style { Arrangement = Arrangement.Above, Tables = TableLook.Lined, Margin = 36 };
        var paper = Paper.Of(PaperTypes.LossRun, PolicyPapers.LossRun(Setting(2012, America, style), 60, size: 9), style);
        return Whole("loss-run.pdf", "a loss run of 60 claims over several pages with the table's header repeated", PdfFile.Write(paper.Sheets), paper, GoodOrLooked);
    }

    private static Sample Fax()
    {
        var style = new Style { Arrangement = Arrangement.Below, Size = 11, Columns = 2, Headings = HeadingLook.Capitals };
        var setting = Setting(2113, America, style);
        var paper = Paper.Of(PaperTypes.AutoClaimForm, AutoClaimForm.Make(setting, otherParty: false), style);
        return Whole("claim-form-fax.tif", "a claim form as a bilevel TIFF of several pages, label below value", Tiff.Bilevel(Rasteriser.Render(paper.Sheets, 200), 200), paper, GoodOrLooked);
    }

    private static Sample Mail()
    {
        var (text, truth) = ClaimEmail.Make(Setting(2214, America, new Style()));
        return new Sample("claim-email.txt", "a claim written as a plain-text mail", Encoding.UTF8.GetBytes(text),
            new Expected(GoodOrLooked, "filled") { Core = truth.Values });
    }

    private static Sample Whole(string file, string about, byte[] bytes, Paper paper, IReadOnlyList<string> states) =>
        new(file, about, bytes, new Expected(states, "filled")
        {
            Documents = [new(paper.Type, [.. Enumerable.Range(1, paper.Sheets.Count)], paper.Truth.Values)],
            Core = paper.Truth.Values,
        });
}
