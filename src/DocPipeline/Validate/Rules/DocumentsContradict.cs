using DocPipeline.Documents;

namespace DocPipeline.Validate.Rules;

internal sealed class DocumentsContradict : IClaimRule
{
    /// <summary>Fields that one claim has once, and how their values compare.</summary>
    private static readonly (string Field, Func<string, string, bool> Same)[] OncePerClaim =
    [
        ("claim_number", SameKey), ("policy_number", SameKey), ("report_number", SameKey), ("date_of_loss", SameKey), ("vin", SameKey), ("license_plate", SameKey),
        ("member_id", SameKey), ("group_number", SameKey), ("patient_birth_date", SameKey), ("insured_birth_date", SameKey), ("admission_date", SameKey), ("discharge_date", SameKey),
        ("policyholder_name", FieldValues.SameName), ("insured_name", FieldValues.SameName), ("patient_name", FieldValues.SameName), ("claimant_name", FieldValues.SameName),
    ];

    public string Code => "documents-contradict";

    public Severity Severity => Severity.Error;

    public string Meaning => "Documents of one file give different values for something that a claim has only once.";

    public IEnumerable<PlacedFinding> Check(ClaimUnderReview claim)
    {
        foreach (var (name, same) in OncePerClaim)
        {
            var distinct = new List<(Field Field, string Type)>();
            foreach (var (_, document) in claim.Documents)
            {
                if (document[name] is { } field && !distinct.Exists(seen => same(seen.Field.Value, field.Value)))
                {
                    distinct.Add((field, document.Type));
                }
            }

            if (distinct.Count > 1)
            {
                var values = string.Join(", ", distinct.Select(entry => $"'{entry.Field.Value}' on the {FieldValues.Words(entry.Type)} (page {entry.Field.Evidence.Page})"));
                yield return this.Found($"The documents give different values for the {FieldValues.Words(name)}: {values}.", name, document: null, distinct.Select(entry => entry.Field.Evidence));
            }
        }
    }

    private static bool SameKey(string a, string b) => FieldValues.Key(a) == FieldValues.Key(b);
}
