using DocPipeline.Documents;

namespace DocPipeline.Validate.Rules;

internal sealed class PatientInsuredDiffer : IClaimRule
{
    public string Code => "patient-insured-differ";

    public Severity Severity => Severity.Info;

    public string Meaning => "The patient is not the insured: the claim is for a dependant, or names were mixed up.";

    public IEnumerable<PlacedFinding> Check(ClaimUnderReview claim)
    {
        foreach (var (index, document) in claim.Documents)
        {
            if (document["patient_name"] is { } patient && document["insured_name"] is { } insured && !FieldValues.SameName(patient.Value, insured.Value))
            {
                yield return this.Found($"The patient {patient.Value} is not the insured {insured.Value}.", "patient_name", index, patient.Evidence, insured.Evidence);
            }
        }
    }
}
