using DocPipeline.Documents;
using DocPipeline.Extract.Schema;
using DocPipeline.Ingest;

namespace DocPipeline.Validate;

/// <summary>What other submissions say that may be the same claim.</summary>
public sealed record KnownClaims
{
    public static KnownClaims None { get; } = new();
}

/// <summary>What follows from the findings.</summary>
public sealed record ClaimDecision(string State, string? ReasonCode, string? Reason);

/// <summary>Runs the rules over a resolved claim and decides whether a person must look.</summary>
public sealed class ClaimValidator
{
    private readonly DocumentTypes _types = DocumentTypes.Shipped;

    public (ResolvedClaim Claim, ClaimDecision Decision) Validate(ResolvedClaim claim, KnownClaims known)
    {
        ArgumentNullException.ThrowIfNull(known);
        if (claim.Documents.All(document => _types[document.Type].YieldsNothing))
        {
            return (claim, new(SubmissionStates.Rejected, "not_a_claim", "Nothing in this file is a claim document."));
        }

        var weak = claim.Fields.Where(entry => !entry.Field.Accepted).Select(entry => entry.Field.Name).ToList();
        return claim.Fields.Count > 0 && weak.Count == 0
            ? (claim, new(SubmissionStates.Accepted, null, null))
            : (claim, new(SubmissionStates.NeedsReview, "unsure_fields", claim.Fields.Count == 0 ? "No field could be read." : $"Please check: {string.Join(", ", weak)}."));
    }
}
