using DocPipeline.Documents;

namespace DocPipeline.Server.Extract.Html;

/// <summary>Fields in the order and under the headings in which a claims clerk looks for them. A field that no heading wants comes last.</summary>
internal static class FieldSections
{
    private static readonly (string Heading, string[] Begins)[] Sections =
    [
        ("Claim", ["claim_", "report_number", "invoice_number", "document_date"]),
        ("Policy", ["policy_", "insurer", "member_id", "group_number"]),
        ("Policyholder", ["policyholder_"]),
        ("Insured", ["insured_"]),
        ("Claimant", ["claimant_"]),
        ("Patient", ["patient_"]),
        ("Loss", ["date_of_loss", "time_of_loss", "loss_", "cause_of_loss", "property_"]),
        ("Vehicle", ["vin", "license_plate", "vehicle_", "mileage"]),
        ("Provider and treatment", ["provider", "doctor", "referring_", "federal_tax_id", "admission_", "discharge_", "treatment_", "diagnosis"]),
        ("Amounts", ["subtotal", "tax", "total_", "amount_", "balance_", "deductible", "currency"]),
    ];

    public static IEnumerable<(string Heading, IReadOnlyList<Field> Fields)> Of(IReadOnlyList<Field> fields) =>
        from field in fields
        let section = Array.FindIndex(Sections, section => section.Begins.Any(begin => field.Name.StartsWith(begin, StringComparison.Ordinal)))
        group field by section < 0 ? Sections.Length : section into section
        orderby section.Key
        select (section.Key < Sections.Length ? Sections[section.Key].Heading : "Other", (IReadOnlyList<Field>)[.. section]);
}
