namespace DocPipeline.Extract.Schema;

/// <summary>Fields that one claim has once, on however many documents they are printed.</summary>
internal static class OncePerClaim
{
    /// <summary>Numbers and dates: two documents say the same or contradict each other.</summary>
    public static IReadOnlyList<string> Keys { get; } =
    [
        "claim_number", "policy_number", "report_number", "date_of_loss", "vin", "license_plate",
        "member_id", "group_number", "patient_birth_date", "insured_birth_date", "admission_date", "discharge_date",
    ];

    /// <summary>Names: the same person may be written in several ways.</summary>
    public static IReadOnlyList<string> Names { get; } = ["policyholder_name", "insured_name", "patient_name", "claimant_name"];
}
