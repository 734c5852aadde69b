namespace DocPipeline.Server.Web;

/// <summary>How the vocabulary's fields are called on pages, and in which part of a form they stand.</summary>
internal static class FieldNames
{
    private static readonly (string Section, string[] Fields)[] Vocabulary =
    [
        ("Claim", ["claim_number", "policy_number", "insurer", "report_number", "invoice_number", "document_date", "policy_effective_from", "policy_effective_to"]),
        ("People", ["policyholder_name", "insured_name", "claimant_name", "patient_name", "member_id", "group_number"]),
        ("Loss", ["date_of_loss", "time_of_loss", "loss_location", "cause_of_loss", "loss_description", "property_address"]),
        ("Vehicle", ["vin", "license_plate", "vehicle_year", "vehicle_make", "vehicle_model", "mileage"]),
        ("Provider", ["provider", "doctor", "referring_provider", "federal_tax_id", "treatment_date", "admission_date", "discharge_date", "diagnosis"]),
        ("Amounts", ["subtotal", "tax", "total_amount", "amount_paid", "balance_due", "deductible", "currency"]),
    ];

    private static readonly Dictionary<string, string> SectionOf =
        Vocabulary.SelectMany(part => part.Fields.Select(field => (field, part.Section))).ToDictionary(pair => pair.field, pair => pair.Section);

    /// <summary>The fields that every type of document may have, in the order of the sections.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Vocabulary.SelectMany(part => part.Fields)];

    /// <summary>Sections in the order in which they are shown.</summary>
    public static IReadOnlyList<string> Sections { get; } = [.. Vocabulary.Select(part => part.Section), "Further"];

    public static string Section(string field) =>
        SectionOf.GetValueOrDefault(field)
        ?? (field.StartsWith("insured_", StringComparison.Ordinal) || field.StartsWith("policyholder_", StringComparison.Ordinal)
            || field.StartsWith("claimant_", StringComparison.Ordinal) || field.StartsWith("patient_", StringComparison.Ordinal) ? "People" : "Further");

    /// <summary><c>total_amount</c> is "Total amount".</summary>
    public static string Label(string field) => field switch
    {
        "vin" => "VIN",
        _ => $"{char.ToUpperInvariant(field[0])}{field[1..].Replace('_', ' ')}",
    };

    /// <summary><c>police_report</c> is "Police report".</summary>
    public static string Type(string type) => type.Length == 0 ? type : Label(type);
}
