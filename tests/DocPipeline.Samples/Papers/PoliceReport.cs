using DocPipeline.Samples.Fiction;
using DocPipeline.Samples.Forms;

namespace DocPipeline.Samples.Papers;

internal static class PoliceReport
{
    /// <summary>The report of one collision.</summary>
    /// <param name="insuredNamed">True: one vehicle is marked as the insured's. False: two parties with the same labels, neither of them the claim's.</param>
    public static Form Make(Setting setting, bool insuredNamed)
    {
        var (loss, dice) = (setting.Case, setting.Dice);
        List<Block> blocks =
        [
            new FieldBlock("",
            [
                setting.Text("report_number", loss.ReportNumber, "report_number"),
                setting.Date("report_date", loss.ReportDate, "document_date"),
                new Entry("Reporting Officer", loss.Officer),
                new Entry("Badge No.", dice.Digits(4)),
            ]),
            new FieldBlock(dice.Pick("Incident", "Collision", "Occurrence"), setting.LossEntries()),
        ];
        if (insuredNamed)
        {
            blocks.Add(new FieldBlock("Policyholder",
            [
                setting.Text("name", loss.Holder.Name, "policyholder_name"),
                setting.Text("phone", loss.Holder.Phone, "policyholder_phone"),
                setting.Text("insurer", loss.Insurer, "insurer"),
                setting.Text("policy_number", loss.PolicyNumber, "policy_number"),
            ]));
            blocks.Add(new FieldBlock("Insured Vehicle", setting.VehicleEntries(loss.Vehicle, claimed: true, mileage: false)));
        }
        else
        {
            var unit = dice.Pick("Unit", "Vehicle", "Party", "Driver");
            blocks.AddRange(setting.Together(
                Unit(setting, $"{unit} 1", loss.Holder, loss.Vehicle, loss.Insurer, loss.PolicyNumber),
                Unit(setting, $"{unit} 2", loss.Other, loss.OtherVehicle, loss.OtherInsurer, loss.OtherPolicyNumber)));
        }

        blocks.Add(new TickBlock("Conditions", [("Daylight", true), ("Dark", false), ("Dry", dice.Chance(0.5)), ("Wet", false), ("Ice", false)]));
        blocks.Add(new TextBlock(dice.Pick("Narrative", "Officer's Narrative"), $"{loss.Description} Statements were taken at the scene. No injuries were reported."));
        return new Form(dice.Pick("POLICE REPORT", "TRAFFIC COLLISION REPORT", "CRASH REPORT", "POLICE ACCIDENT REPORT"), [$"{loss.Holder.Town} Police Department", "Traffic Division"], blocks);
    }

    private static FieldBlock Unit(Setting setting, string heading, Person driver, Vehicle vehicle, string insurer, string policy) => new(heading,
    [
        new Entry("Driver", driver.Name),
        setting.Text("address", driver.Address),
        setting.Date("birth_date", driver.Birth),
        setting.Text("insurer", insurer),
        setting.Text("policy_number", policy),
        .. setting.VehicleEntries(vehicle, claimed: false, mileage: false),
    ]);
}
