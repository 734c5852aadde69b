using System.Globalization;
using DocPipeline.Samples.Forms;

namespace DocPipeline.Samples.Papers;

internal static class HospitalPapers
{
    public static Form Bill(Setting setting, bool discounted)
    {
        var (stay, dice) = (setting.Case, setting.Dice);
        var subtotal = stay.HospitalCharges.Sum(charge => charge.Amount);
        var discount = discounted ? Math.Round(subtotal * 0.05m, 0) : 0;
        var total = subtotal - discount;
        var previous = dice.Chance(0.3) ? dice.Price(10, 90) * setting.Locale.PriceLevel : 0;
        var advance = Math.Round(total / 300) * 100;
        List<Entry> totals = [setting.Money("subtotal", subtotal, "subtotal")];
        if (discount > 0)
        {
            totals.Add(new Entry("Discount", setting.Locale.Money(discount)));
        }

        totals.Add(setting.Money("total_amount", total, "total_amount"));
        totals.Add(setting.Money("amount_paid", advance, "amount_paid"));
        if (previous > 0)
        {
            totals.Add(new Entry("Previous Balance", setting.Locale.Money(previous)));
        }

        totals.Add(setting.Money("balance_due", total + previous - advance, "balance_due"));
        return new Form(dice.Pick("HOSPITAL BILL", "IN-PATIENT FINAL BILL", "MEDICAL INVOICE", "STATEMENT OF CHARGES"), Letterhead(setting),
        [
            new FieldBlock("",
            [
                new Entry(setting.Words["invoice_number"], dice.Pick($"IP/{stay.Discharge.Year}/{dice.Digits(5)}", $"B{dice.Digits(7)}", dice.Digits(6)), "invoice_number"),
                setting.Date("invoice_date", stay.Discharge, "document_date"),
            ]),
            new FieldBlock("Patient Details",
            [
                .. PatientEntries(setting),
                setting.Text("doctor", stay.Doctor, "doctor"),
                setting.Date("admission_date", stay.Admission, "admission_date"),
                setting.Date("discharge_date", stay.Discharge, "discharge_date"),
                setting.Text("diagnosis", stay.Diagnoses[0].Text, "diagnosis"),
            ]),
            new FieldBlock("Insurance", [setting.Text("insurer", stay.HealthPlan, "insurer"), setting.Text("policy_number", stay.PolicyNumber, "policy_number")]),
            setting.Charges(dice.Pick("Charges", "Bill Details", "Particulars of Charges"), stay.HospitalCharges, totals),
        ])
        {
            LetterheadField = "provider",
            Footer = "This is a computer-made bill of an invented hospital.",
        };
    }

    public static Form DischargeSummary(Setting setting)
    {
        var stay = setting.Case;
        return new Form(setting.Dice.Pick("DISCHARGE SUMMARY", "Discharge Summary", "HOSPITAL DISCHARGE SUMMARY"), Letterhead(setting),
        [
            new FieldBlock("Patient",
            [
                .. PatientEntries(setting),
                setting.Date("birth_date", stay.Holder.Birth, "patient_birth_date"),
                setting.Date("admission_date", stay.Admission, "admission_date"),
                setting.Date("discharge_date", stay.Discharge, "discharge_date"),
                setting.Text("doctor", stay.Doctor, "doctor"),
            ]),
            new FieldBlock("", [setting.Text("diagnosis", stay.Diagnoses[0].Text, "diagnosis")]) { Arrangement = Arrangement.Lines },
            new TextBlock("Course in Hospital", $"The patient was admitted through the emergency department and improved with treatment. Vital signs were stable during the stay of {Days(setting)} days."),
            new TextBlock("Condition at Discharge", "Stable. Walking without help. Eating and drinking normally."),
            new TextBlock("Medication", "Paracetamol 500 mg three times a day for five days. Ice and rest."),
            new TextBlock("Follow-up", "See the clinic in two weeks, or earlier if there is fever or new pain."),
        ])
        {
            LetterheadField = "provider",
        };
    }

    private static string Days(Setting setting) => (setting.Case.Discharge.DayNumber - setting.Case.Admission.DayNumber).ToString(CultureInfo.InvariantCulture);

    private static IReadOnlyList<string> Letterhead(Setting setting) =>
        [setting.Case.Hospital.Name, setting.Case.Hospital.Address, $"Tel. {setting.Case.Hospital.Phone}"];

    private static IReadOnlyList<Entry> PatientEntries(Setting setting) =>
    [
        setting.Text("patient", setting.Case.Holder.Name, "patient_name"),
        setting.Text("patient_id", setting.Case.PatientId, "patient_id"),
        new Entry(setting.Words["sex"], setting.Case.Holder.Sex == "F" ? "Female" : "Male", "patient_sex"),
        setting.Text("address", setting.Case.Holder.Address, "patient_address"),
        setting.Text("phone", setting.Case.Holder.Phone, "patient_phone"),
    ];
}
