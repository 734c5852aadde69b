using DocPipeline.Samples.Fiction;
using DocPipeline.Samples.Forms;

namespace DocPipeline.Samples.Papers;

/// <summary>What a body shop writes before and after the work.</summary>
internal static class RepairPapers
{
    public static Form Estimate(Setting setting)
    {
        var german = setting.Locale.Language == Language.German;
        var title = german ? "KOSTENVORANSCHLAG" : setting.Dice.Pick("REPAIR ESTIMATE", "COLLISION REPAIR ESTIMATE", "ESTIMATE OF REPAIRS", "PRELIMINARY ESTIMATE");
        return Make(setting, title, "estimate_number", setting.Case.EstimateNumber, "estimate_date", setting.Case.EstimateDate, paid: null);
    }

    public static Form Invoice(Setting setting)
    {
        var german = setting.Locale.Language == Language.German;
        var title = german ? "RECHNUNG" : setting.Dice.Pick("INVOICE", "REPAIR INVOICE", "TAX INVOICE", "FINAL INVOICE");
        var number = setting.Dice.Pick($"INV-{setting.Dice.Digits(5)}", setting.Dice.Digits(6), $"{setting.Case.EstimateDate.Year}/{setting.Dice.Digits(4)}");
        var paid = german || setting.Dice.Chance(0.5) ? null : (decimal?)Math.Round(setting.Case.RepairTotal / 4, 0);
        return Make(setting, title, "invoice_number", number, "invoice_date", setting.Case.EstimateDate.AddDays(12), paid);
    }

    private static Form Make(Setting setting, string title, string numberConcept, string number, string dateConcept, DateOnly date, decimal? paid)
    {
        var loss = setting.Case;
        var german = setting.Locale.Language == Language.German;
        var taxLabel = german ? $"MwSt. {loss.Locale.TaxRate * 100:0} %" : $"{loss.Locale.TaxName} ({loss.Locale.TaxRate * 100:0.##}%)";
        List<Entry> totals =
        [
            setting.Money("subtotal", loss.RepairSubtotal, "subtotal"),
            setting.Money("tax", taxLabel, loss.RepairTax, "tax"),
            setting.Money("total_amount", loss.RepairTotal, "total_amount"),
        ];
        if (paid is { } deposit)
        {
            totals.Add(setting.Money("amount_paid", deposit, "amount_paid"));
            totals.Add(setting.Money("balance_due", loss.RepairTotal - deposit, "balance_due"));
        }

        return new Form(title, [loss.Shop.Name, loss.Shop.Address, german ? $"Tel. {loss.Shop.Phone}" : $"Phone {loss.Shop.Phone}"],
        [
            new FieldBlock("", [new Entry(setting.Words[numberConcept], number, "invoice_number"), setting.Date(dateConcept, date, "document_date")]),
            .. setting.Together(Customer(setting),
            new FieldBlock(german ? "Versicherung" : setting.Dice.Pick("Insurance", "Insurance Information"),
            [
                setting.Text("insurer", loss.Insurer, "insurer"),
                setting.Text("claim_number", loss.ClaimNumber, "claim_number"),
                setting.Text("policy_number", loss.PolicyNumber, "policy_number"),
                setting.Date("date_of_loss", loss.LossDate, "date_of_loss"),
            ])),
            new FieldBlock(german ? "Fahrzeug" : "Vehicle", setting.VehicleEntries(loss.Vehicle, claimed: true)),
            setting.Charges(german ? "Leistungen" : setting.Dice.Pick("Parts and Labor", "Repair Lines", "Work Description"), loss.Repairs, totals),
            new TextBlock("", german
                ? "Zahlbar innerhalb von 14 Tagen ohne Abzug. Vielen Dank für Ihren Auftrag."
                : "Hidden damage may be found when parts are removed; a supplement will then be written. Estimate valid for 30 days."),
        ])
        {
            LetterheadField = "provider",
        };
    }

    private static Block Customer(Setting setting)
    {
        var (customer, german) = (setting.Case.Holder, setting.Locale.Language == Language.German);
        var heading = german ? "Kunde" : setting.Dice.Pick("Customer", "Customer Information", "Bill To");
        return setting.BareAddress
            ? new AddressBlock(heading, [customer.Name, customer.Street, customer.TownLine])
            : new FieldBlock(heading, [new Entry("Name", customer.Name), new Entry(german ? "Anschrift" : "Address", customer.Address), new Entry(german ? "Telefon" : "Phone", customer.Phone)]);
    }
}
