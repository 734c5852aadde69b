using DocPipeline.Documents;

namespace DocPipeline.Validate;

/// <summary>What becomes of a claim.</summary>
/// <param name="State">One of <see cref="ClaimStates"/>.</param>
/// <param name="ReasonCode">Why, if not accepted: the code of the first error, in snake_case as the codes of faults are.</param>
/// <param name="Reason">The same for a claims clerk: the message of the first error.</param>
public sealed record ClaimDecision(string State, string? ReasonCode, string? Reason);

/// <summary>The states that validation gives. People and other systems know them: never rename one.</summary>
public static class ClaimStates
{
    public const string Accepted = "accepted";
    public const string NeedsReview = "needs_review";
    public const string Rejected = "rejected";
}

/// <param name="Claim">With its findings.</param>
public sealed record ValidatedClaim(ResolvedClaim Claim, ClaimDecision Decision);
