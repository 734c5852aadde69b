using DocPipeline.Samples.Fiction;

namespace DocPipeline.Samples.Papers;

/// <summary>What one document calls things: for each concept one wording, kept for the whole document.</summary>
internal sealed class Wording
{
    private static readonly Dictionary<string, string[]> English = new(StringComparer.Ordinal)
    {
        ["claim_number"] = ["Claim Number", "Claim No.", "Claim #", "Claim ID", "Claim Reference", "Insurance Claim #", "Claim Ref. No.", "File No.", "Our Claim Number"],
        ["policy_number"] = ["Policy Number", "Policy No.", "Policy #", "Policy ID", "Certificate No.", "Policy No", "Insurance Policy Number", "Policy/Certificate Number"],
        ["name"] = ["Name", "Full Name", "Name (First Last)"],
        ["address"] = ["Address", "Mailing Address", "Street Address", "Home Address"],
        ["phone"] = ["Phone", "Telephone", "Phone Number", "Tel.", "Contact No.", "Daytime Phone", "Mobile"],
        ["email"] = ["Email", "E-mail", "Email Address", "E-Mail Address"],
        ["birth_date"] = ["Date of Birth", "DOB", "Birth Date", "D.O.B."],
        ["sex"] = ["Sex", "Gender"],
        ["policy_from"] = ["Effective Date", "Policy Effective Date", "Policy Start", "Valid From", "Inception Date", "Coverage Effective From"],
        ["policy_to"] = ["Expiration Date", "Policy Expiration Date", "Policy End", "Valid To", "Expiry Date", "Coverage Effective To"],
        ["policy_period"] = ["Policy Period", "Policy Term", "Period of Insurance", "Coverage Period"],
        ["deductible"] = ["Deductible", "Deductible Amount", "Collision Deductible", "Policy Deductible"],
        ["date_of_loss"] = ["Date of Loss", "Incident Date", "Date of Accident", "Loss Date", "Accident Date", "Date of Occurrence", "Date of Incident", "DOL"],
        ["time_of_loss"] = ["Time of Loss", "Time of Accident", "Incident Time", "Time", "Approx. Time"],
        ["loss_location"] = ["Location of Loss", "Accident Location", "Place of Accident", "Location", "Where did it happen?", "Loss Location"],
        ["cause_of_loss"] = ["Cause of Loss", "Type of Loss", "Cause / Peril", "Type of Accident"],
        ["loss_description"] = ["Description of Accident", "Description", "Description of Loss", "What happened?", "Narrative", "Details of Incident"],
        ["report_number"] = ["Police Report Number", "Police Report #", "Report No.", "Case No.", "Incident No.", "Police Case Number"],
        ["vin"] = ["VIN", "Vehicle Identification Number", "VIN No.", "V.I.N.", "VIN / Serial No.", "Vehicle ID"],
        ["plate"] = ["License Plate", "Plate", "Registration No.", "License No.", "Plate Number", "Tag / Plate", "Reg. No."],
        ["year"] = ["Year", "Model Year", "Vehicle Year"],
        ["make"] = ["Make", "Vehicle Make", "Manufacturer"],
        ["model"] = ["Model", "Vehicle Model"],
        ["mileage"] = ["Mileage", "Odometer", "Odometer Reading", "Current Mileage"],
        ["insurer"] = ["Insurance Company", "Insurer", "Carrier", "Insurance Carrier", "Underwritten by", "Ins. Co."],
        ["estimate_number"] = ["Estimate Number", "Estimate No.", "Estimate #", "Est. No.", "Quote No.", "Job No."],
        ["estimate_date"] = ["Estimate Date", "Date of Estimate", "Date", "Date Written", "Prepared on"],
        ["invoice_number"] = ["Invoice Number", "Invoice No.", "Invoice #", "Bill No.", "Bill Number", "Tax Invoice No."],
        ["invoice_date"] = ["Invoice Date", "Bill Date", "Date", "Date of Invoice", "Date Issued"],
        ["report_date"] = ["Report Date", "Date of Report", "Date Prepared", "Date Filed"],
        ["form_date"] = ["Form Date", "Date Completed", "Date", "Date Signed"],
        ["subtotal"] = ["Subtotal", "Sub Total", "Sub-Total", "Net Amount", "Total before Tax"],
        ["total_amount"] = ["Total", "Grand Total", "Total Amount", "Total Estimate", "Amount Payable", "Total Due", "TOTAL"],
        ["amount_paid"] = ["Amount Paid", "Payments", "Paid", "Advance Paid", "Less: Deposit"],
        ["balance_due"] = ["Balance Due", "Balance", "Amount Due", "Net Payable", "Balance Payable"],
        ["patient"] = ["Patient Name", "Patient", "Name of Patient", "Patient's Name"],
        ["patient_id"] = ["MRN", "Patient ID", "UHID", "Medical Record No.", "Account No.", "MRN #", "Hospital No."],
        ["doctor"] = ["Attending Physician", "Doctor", "Consultant", "Attending", "Treating Doctor", "Physician"],
        ["referring_provider"] = ["Referring Provider", "Referred by", "Referring Physician"],
        ["admission_date"] = ["Date of Admission", "Admission Date", "Admitted", "Admitted on", "DOA"],
        ["discharge_date"] = ["Date of Discharge", "Discharge Date", "Discharged", "Discharged on", "DOD"],
        ["treatment_date"] = ["Date of Service", "Service Date", "Date of Treatment", "DOS"],
        ["diagnosis"] = ["Diagnosis", "Principal Diagnosis", "Primary Diagnosis", "Final Diagnosis", "Nature of Illness"],
        ["member_id"] = ["Member ID", "ID Number", "Member #", "Subscriber ID", "Identification No.", "Insured's I.D. Number"],
        ["group_number"] = ["Group Number", "Group #", "Group No.", "Grp", "Policy Group"],
        ["member"] = ["Member", "Member Name", "Subscriber", "Cardholder", "Subscriber Name", "Insured"],
        ["tax_id"] = ["Federal Tax ID", "Tax ID", "Federal Tax I.D. Number", "EIN", "TIN"],
    };

    private static readonly Dictionary<string, string[]> German = new(StringComparer.Ordinal)
    {
        ["claim_number"] = ["Schadennummer", "Schaden-Nr.", "Schadensnummer"],
        ["policy_number"] = ["Versicherungsnummer", "Versicherungsschein-Nr.", "Vertragsnummer"],
        ["estimate_number"] = ["Kostenvoranschlag Nr.", "Angebotsnummer", "KVA-Nr."],
        ["estimate_date"] = ["Datum", "Angebotsdatum"],
        ["invoice_number"] = ["Rechnung Nr.", "Rechnungsnummer", "Rechnungs-Nr.", "Rechnungsnr."],
        ["invoice_date"] = ["Rechnungsdatum", "Datum"],
        ["subtotal"] = ["Nettobetrag", "Zwischensumme", "Summe netto"],
        ["total_amount"] = ["Gesamtbetrag", "Rechnungsbetrag", "Gesamtsumme", "Endbetrag"],
        ["vin"] = ["Fahrgestellnummer", "FIN", "Fahrzeug-Ident.-Nr."],
        ["plate"] = ["Kennzeichen", "Amtl. Kennzeichen"],
        ["make"] = ["Hersteller", "Marke"],
        ["model"] = ["Modell", "Typ"],
        ["year"] = ["Baujahr"],
        ["mileage"] = ["Kilometerstand", "km-Stand"],
        ["date_of_loss"] = ["Schadentag", "Unfalldatum", "Schadendatum"],
        ["insurer"] = ["Versicherung", "Versicherer"],
    };

    private readonly Dictionary<string, string> chosen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> choices;
    private readonly Dice? dice;

    /// <summary>Chooses as it is asked.</summary>
    /// <param name="dice">Null takes the most usual wording of everything.</param>
    public Wording(Language language, Dice? dice)
    {
        choices = language == Language.German ? German : English;
        this.dice = dice;
        Capitals = dice?.Chance(0.12) ?? false;
    }

    /// <summary>Labels are in capital letters.</summary>
    public bool Capitals { get; }

    public string this[string concept]
    {
        get
        {
            if (!chosen.TryGetValue(concept, out var wording))
            {
                wording = dice is null ? choices[concept][0] : dice.Pick(choices[concept]);
                wording = Capitals ? wording.ToUpperInvariant() : wording;
                chosen[concept] = wording;
            }

            return wording;
        }
    }
}
