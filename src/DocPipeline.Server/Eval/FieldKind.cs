namespace DocPipeline.Server.Eval;

/// <summary>How two values of a field are compared.</summary>
internal enum FieldKind
{
    Text,
    Name,
    Identifier,
    Date,
    Amount,
}

internal static class FieldKinds
{
    // The core vocabulary, v1. A field that is not here is text.
    private static readonly Dictionary<string, FieldKind> Known = new(StringComparer.Ordinal)
    {
        ["claim_number"] = FieldKind.Identifier,
        ["policy_number"] = FieldKind.Identifier,
        ["report_number"] = FieldKind.Identifier,
        ["invoice_number"] = FieldKind.Identifier,
        ["patient_id"] = FieldKind.Identifier,
        ["member_id"] = FieldKind.Identifier,
        ["group_number"] = FieldKind.Identifier,
        ["vin"] = FieldKind.Identifier,
        ["license_plate"] = FieldKind.Identifier,
        ["federal_tax_id"] = FieldKind.Identifier,
        ["document_date"] = FieldKind.Date,
        ["insured_birth_date"] = FieldKind.Date,
        ["patient_birth_date"] = FieldKind.Date,
        ["date_of_loss"] = FieldKind.Date,
        ["admission_date"] = FieldKind.Date,
        ["discharge_date"] = FieldKind.Date,
        ["treatment_date"] = FieldKind.Date,
        ["policy_effective_from"] = FieldKind.Date,
        ["policy_effective_to"] = FieldKind.Date,
        ["subtotal"] = FieldKind.Amount,
        ["tax"] = FieldKind.Amount,
        ["total_amount"] = FieldKind.Amount,
        ["amount_paid"] = FieldKind.Amount,
        ["balance_due"] = FieldKind.Amount,
        ["deductible"] = FieldKind.Amount,
        ["policyholder_name"] = FieldKind.Name,
        ["insured_name"] = FieldKind.Name,
        ["claimant_name"] = FieldKind.Name,
        ["patient_name"] = FieldKind.Name,
        ["doctor"] = FieldKind.Name,
        ["referring_provider"] = FieldKind.Name,
    };

    public static FieldKind Of(string field) => Known.GetValueOrDefault(field, FieldKind.Text);
}
