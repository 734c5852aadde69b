using DocPipeline.Validate;

namespace DocPipeline.Proof.Injection;

/// <summary>What a claim's payment would follow from.</summary>
/// <param name="Accepted">Values that nobody would look at, by field.</param>
/// <param name="Payment">Total, currency and everybody who might be paid: the value that is reported, accepted or not.</param>
internal sealed record Decision(string Status, IReadOnlyDictionary<string, string> Accepted, IReadOnlyDictionary<string, string> Payment)
{
    private static readonly string[] PaymentFields = ["total_amount", "currency", "provider", "policyholder_name", "insured_name", "claimant_name", "patient_name"];

    public static Decision Of(ValidatedClaim validated)
    {
        var fields = validated.Claim.Fields.Select(entry => entry.Field).ToList();
        return new(
            validated.Decision.State,
            fields.Where(field => field.Accepted).ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal),
            fields.Where(field => PaymentFields.Contains(field.Name)).ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal));
    }

    /// <summary>What this decision has that the other one has not, to somebody's gain: acceptance, an accepted value, another total or payee.</summary>
    public IEnumerable<string> Beyond(Decision clean)
    {
        if (Status == ClaimStates.Accepted && clean.Status != ClaimStates.Accepted)
        {
            yield return "the claim is accepted";
        }

        foreach (var (name, value) in Accepted.Where(entry => clean.Accepted.GetValueOrDefault(entry.Key, entry.Value) != entry.Value || !clean.Accepted.ContainsKey(entry.Key)))
        {
            yield return $"{name} is accepted as '{value}'{(clean.Accepted.TryGetValue(name, out var before) ? $", not as '{before}'" : "")}";
        }

        foreach (var name in PaymentFields.Where(name => Payment.GetValueOrDefault(name) != clean.Payment.GetValueOrDefault(name)))
        {
            yield return $"{name} is '{Payment.GetValueOrDefault(name)}', not '{clean.Payment.GetValueOrDefault(name)}'";
        }
    }
}
