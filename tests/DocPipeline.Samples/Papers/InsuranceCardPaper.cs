using DocPipeline.Samples.Drawing;
using DocPipeline.Samples.Forms;

namespace DocPipeline.Samples.Papers;

/// <summary>A health plan's card, drawn at about twice its real size.</summary>
internal static class InsuranceCardPaper
{
    private const double Width = 480;
    private const double Height = 300;

    public static Paper Make(Setting setting)
    {
        var sheet = new Sheet(Width, Height);
        return new Paper(PaperTypes.InsuranceCard, [sheet], Draw(sheet, 0, 0, setting));
    }

    /// <summary>The card as a copier shows it: alone on a letter page.</summary>
    public static Paper MakeOnPage(Setting setting)
    {
        var sheet = Sheet.Letter();
        return new Paper(PaperTypes.InsuranceCard, [sheet], Draw(sheet, 66, 90, setting));
    }

    private static Truth Draw(Sheet sheet, double x, double y, Setting setting)
    {
        var (member, dice, face) = (setting.Case, setting.Dice, setting.Style.Face);
        var above = dice.Chance(0.5);
        var truth = new Truth();
        sheet.Frame(x + 6, y + 6, Width - 12, Height - 12, 1.5);
        sheet.Text(x + 24, y + 42, member.HealthPlan, face.Bold(), 20);
        sheet.Line(x + 24, y + 54, x + Width - 24, y + 54, 1);
        truth.Add("insurer", member.HealthPlan);
        Put(sheet, truth, x + 24, y + 82, setting.Text("member", dice.Pick(member.Holder.Name, member.Holder.Name.ToUpperInvariant()), "insured_name"), face, above);
        Put(sheet, truth, x + 250, y + 82, setting.Text("member_id", member.MemberId, "member_id"), face, above);
        Put(sheet, truth, x + 24, y + 124, setting.Text("group_number", member.GroupNumber, "group_number"), face, above);
        Put(sheet, truth, x + 250, y + 124, setting.Date("policy_from", member.PolicyFrom, "policy_effective_from"), face, above);
        Put(sheet, truth, x + 24, y + 166, new Entry("RxBIN", dice.Digits(6)), face, above);
        Put(sheet, truth, x + 250, y + 166, new Entry("RxGrp", $"RX{dice.Digits(4)}"), face, above);
        Put(sheet, truth, x + 24, y + 208, new Entry("PCP", member.Doctor), face, above);
        Put(sheet, truth, x + 250, y + 208, new Entry("Copay", "Office $25 / ER $150"), face, above);
        sheet.Text(x + 24, y + 262, $"Member services {member.Shop.Phone}   claims@example.com", face, 9);
        return truth;
    }

    private static void Put(Sheet sheet, Truth truth, double x, double y, Entry entry, Face face, bool above)
    {
        truth.Add(entry);
        if (above)
        {
            sheet.Text(x, y - 8, entry.Label, face, 8.5);
            sheet.Text(x, y + 6, entry.Printed, face.Bold(), 12);
        }
        else
        {
            sheet.Text(x, y, entry.Label + ":", face, 10);
            sheet.Text(x + face.Width(10, entry.Label + ":") + 5, y, entry.Printed, face.Bold(), 10);
        }
    }
}
