using System.Globalization;
using DocPipeline.Samples.Fiction;
using DocPipeline.Samples.Forms;

namespace DocPipeline.Samples.Papers;

/// <summary>What an insurer writes about a policy: its declarations, and the losses it had.</summary>
internal static class PolicyPapers
{
    public static Form Declarations(Setting setting)
    {
        var (policy, dice) = (setting.Case, setting.Dice);
        var premiums = Enumerable.Range(0, 4).Select(_ => dice.Price(60, 400) * setting.Locale.PriceLevel).ToList();
        (string Cover, string Limit)[] covers = [("Bodily injury liability", "100,000 / 300,000"), ("Property damage liability", "50,000"), ("Collision", "Actual cash value"), ("Comprehensive", "Actual cash value")];
        return new Form(dice.Pick("POLICY DECLARATIONS", "AUTO POLICY DECLARATIONS PAGE", "DECLARATIONS", "MOTOR POLICY SCHEDULE"), [policy.Insurer, "A company that does not exist"],
        [
            new FieldBlock("",
            [
                setting.Text("policy_number", policy.PolicyNumber, "policy_number"),
                .. setting.PeriodEntries(),
                new Entry(dice.Pick("Date Issued", "Issue Date"), setting.Locale.Date(policy.PolicyFrom.AddDays(-9)), "document_date", Setting.Iso(policy.PolicyFrom.AddDays(-9))),
            ]),
            new FieldBlock(dice.Pick("Named Insured", "Policyholder"),
            [
                setting.Text("name", policy.Holder.Name, "policyholder_name"),
                setting.Text("address", policy.Holder.Address, "policyholder_address"),
            ]),
            new FieldBlock("Covered Vehicle", setting.VehicleEntries(policy.Vehicle, claimed: true, mileage: false)),
            new TableBlock("Coverages", [new Column("Coverage", 4), new Column("Limit", 3), new Column("Deductible", 2, Right: true), new Column("Premium", 2, Right: true)],
                [.. covers.Select((cover, i) => (IReadOnlyList<string>)[cover.Cover, cover.Limit, i < 2 ? "" : setting.Locale.Plain(policy.Deductible), setting.Locale.Plain(premiums[i])])])
            {
                Totals = [new Entry("Total Premium", setting.Locale.Money(premiums.Sum()))],
            },
            new TextBlock("Notice", "Keep this page with your policy. In the event of an accident report the claim without delay. Coverage is subject to all terms of the policy."),
        ])
        {
            LetterheadField = "insurer",
        };
    }

    public static Form LossRun(Setting setting, int rows, double size)
    {
        var (policy, dice, locale) = (setting.Case, setting.Dice, setting.Locale);
        var runDate = policy.LossDate.AddDays(400);
        var losses = Enumerable.Range(0, rows).Select(i =>
        {
            var date = policy.PolicyFrom.AddDays(i * 360 / rows);
            var (paid, reserve) = (dice.Chance(0.3) ? 0 : dice.Price(100, 9000), dice.Chance(0.6) ? 0 : dice.Price(100, 20000));
            return (Number: $"{policy.ClaimNumber}-{i + 1:000}", Date: date, Claimant: World.NewPerson(locale, dice).Name, Cause: dice.Pick(Names.Mishaps).Split('|')[0], Status: reserve > 0 ? "Open" : "Closed", Paid: paid, Reserve: reserve);
        }).ToList();
        return new Form(dice.Pick("LOSS RUN REPORT", "LOSS RUN", "CLAIMS EXPERIENCE REPORT"), [policy.Insurer],
        [
            new FieldBlock("",
            [
                dice.Chance(0.5) ? new Entry("Named Insured", policy.Shop.Name, "policyholder_name") : new Entry("Insured", policy.Shop.Name, "insured_name"),
                setting.Text("policy_number", policy.PolicyNumber, "policy_number"),
                .. setting.PeriodEntries(),
                new Entry(dice.Pick("Report Date", "Run Date"), locale.Date(runDate), "document_date", Setting.Iso(runDate)),
            ]),
            new TableBlock("", [new Column("Claim Number", 3), new Column("Date of Loss", 2), new Column("Claimant", 2.6), new Column("Cause", 2.8), new Column("Status", 1.3), new Column("Paid", 1.8, Right: true), new Column("Reserve", 1.9, Right: true), new Column("Incurred", 1.9, Right: true)],
                [.. losses.Select(loss => (IReadOnlyList<string>)[loss.Number, locale.Date(loss.Date), loss.Claimant, loss.Cause, loss.Status, locale.Plain(loss.Paid), locale.Plain(loss.Reserve), locale.Plain(loss.Paid + loss.Reserve)])])
            {
                Size = size,
                Field = "records",
                TruthRows =
                [
                    .. losses.Select(loss => new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["claim_number"] = loss.Number,
                        ["date_of_loss"] = Setting.Iso(loss.Date),
                        ["claimant"] = loss.Claimant,
                        ["cause_of_loss"] = loss.Cause,
                        ["claim_status"] = loss.Status,
                        ["claim_paid"] = Setting.Decimal(loss.Paid),
                        ["claim_reserves"] = Setting.Decimal(loss.Reserve),
                        ["total_incurred"] = Setting.Decimal(loss.Paid + loss.Reserve),
                    }),
                ],
                Totals =
                [
                    new Entry("Number of claims", rows.ToString(CultureInfo.InvariantCulture)),
                    new Entry("Total paid", locale.Money(losses.Sum(loss => loss.Paid))),
                    new Entry("Total reserve", locale.Money(losses.Sum(loss => loss.Reserve))),
                    new Entry("Total incurred", locale.Money(losses.Sum(loss => loss.Paid + loss.Reserve))),
                ],
            },
        ])
        {
            LetterheadField = "insurer",
        };
    }
}
