using DocPipeline.Samples.Fiction;
using DocPipeline.Samples.Forms;

namespace DocPipeline.Samples.Papers;

internal static class AutoClaimForm
{
    private static readonly string[] Instructions =
    [
        "Please print clearly. Complete all sections and return this form within 30 days of the date of loss.",
        "Attach the police report and an estimate. Enter your policy number exactly as it is shown on your declarations page.",
        "For questions about this form write to claims@example.com and give your claim number.",
    ];

    public static Form Make(Setting setting, bool otherParty)
    {
        var (loss, dice) = (setting.Case, setting.Dice);
        var (role, owner) = dice.Pick(("Policyholder", "policyholder"), ("Named Insured", "policyholder"), ("Insured", "insured"));
        List<Block> blocks =
        [
            new FieldBlock("",
            [
                setting.Text("claim_number", loss.ClaimNumber, "claim_number"),
                setting.Text("policy_number", loss.PolicyNumber, "policy_number"),
                setting.Date("form_date", loss.LossDate.AddDays(3), "document_date"),
            ]),
            .. setting.Together(new FieldBlock($"{role} Information", PersonEntries(setting, loss.Holder, owner, role)),
            new FieldBlock("Policy Details", [new Entry("Coverage Type", "Collision and comprehensive"), .. setting.PeriodEntries(), setting.Money("deductible", loss.Deductible, "deductible")])),
            new FieldBlock(dice.Pick("Incident Details", "Loss Information", "Accident Details"),
            [
                .. setting.LossEntries(),
                setting.Text("cause_of_loss", loss.Cause, "cause_of_loss"),
                setting.Text("loss_description", loss.Description, "loss_description"),
            ]),
        ];
        var vehicle = new FieldBlock(dice.Pick("Insured Vehicle", "Vehicle Information", "Your Vehicle"), setting.VehicleEntries(loss.Vehicle, claimed: true));
        blocks.AddRange(otherParty && loss.TwoVehicles ? setting.Together(vehicle, OtherParty(setting)) : [vehicle]);
        if (dice.Chance(0.4))
        {
            blocks.Insert(0, new TextBlock("", dice.Pick(Instructions)));
        }

        blocks.Add(new FieldBlock("Police Report", [setting.Text("report_number", loss.ReportNumber, "report_number"), new Entry("Officer", loss.Officer)]));
        blocks.Add(Damage(setting));
        blocks.Add(new TickBlock("Enclosures", [("Photos of damage", true), ("Police report", true), ("Repair estimate", dice.Chance(0.5)), ("Rental receipt", false)]));
        blocks.Add(new TextBlock("Declaration", "I declare that the statements on this form are true to the best of my knowledge. I understand that a false statement may lead to the refusal of the claim."));
        blocks.Add(new FieldBlock("", [new Entry("Signature", loss.Holder.Name)]) { Arrangement = Arrangement.Lines });
        return new Form(dice.Pick("AUTO INSURANCE CLAIM FORM", "AUTOMOBILE CLAIM FORM", "MOTOR VEHICLE CLAIM FORM", "AUTOMOBILE LOSS NOTICE", "VEHICLE ACCIDENT CLAIM"), [loss.Insurer, "Claims Department"], blocks)
        {
            LetterheadField = "insurer",
            Footer = "An invented form for an invented insurer.",
        };
    }

    private static List<Entry> PersonEntries(Setting setting, Person person, string owner, string role)
    {
        var prefix = setting.OwnerInLabels ? $"{(setting.Words.Capitals ? role.ToUpperInvariant() : role)} " : "";
        List<Entry> entries =
        [
            new Entry(prefix + setting.Words["name"], person.Name, $"{owner}_name"),
            new Entry(prefix + setting.Words["address"], person.Address, $"{owner}_address"),
            new Entry(prefix + setting.Words["phone"], person.Phone, $"{owner}_phone"),
        ];
        if (owner == "policyholder")
        {
            entries.Add(setting.Text("email", person.Email, "policyholder_email"));
        }
        else
        {
            entries.Add(setting.Date("birth_date", person.Birth, "insured_birth_date"));
        }

        return entries;
    }

    // The same labels as the insured's: none of it may be taken for the claim's.
    private static FieldBlock OtherParty(Setting setting) => new(setting.Dice.Pick("Other Party", "Other Driver / Vehicle", "Third Party Details"),
    [
        setting.Text("name", setting.Case.Other.Name),
        setting.Text("address", setting.Case.Other.Address),
        setting.Text("phone", setting.Case.Other.Phone),
        setting.Text("insurer", setting.Case.OtherInsurer),
        setting.Text("policy_number", setting.Case.OtherPolicyNumber),
        .. setting.VehicleEntries(setting.Case.OtherVehicle, claimed: false, mileage: false),
    ]);

    private static TableBlock Damage(Setting setting)
    {
        var charges = setting.Case.Repairs.Select(charge => charge with { Quantity = 1 }).ToList();
        var total = charges.Sum(charge => charge.Amount);
        return new TableBlock(setting.Dice.Pick("Damage Assessment", "Damaged Parts", "Schedule of Damage"),
            [new Column("Item Description", 5), new Column("Cost When New", 2, Right: true), new Column("Repair Estimate", 2, Right: true)],
            [.. charges.Select(charge => (IReadOnlyList<string>)[charge.Description, setting.Locale.Money(Math.Round(charge.Amount * 1.7m, 0)), setting.Locale.Money(charge.Amount)])])
        {
            Field = "line_items",
            TruthRows = [.. charges.Select(charge => new[] { charge.Description, Setting.Decimal(charge.Amount) })],
            Totals = [setting.Money("total_amount", setting.Dice.Pick("Total Estimated Repair", "Total Amount Claimed", "Amount Claimed"), total, "total_amount")],
        };
    }
}
