using DocPipeline.Documents;

namespace DocPipeline.Review;

/// <summary>Something that waits for a person, as the queue shows it.</summary>
/// <param name="State"><c>needs_review</c>, <c>dead</c>, or <c>sample</c> for the blind check of an accepted claim.</param>
/// <param name="WaitingSince">When it came into that state, or was drawn.</param>
/// <param name="Person">Whom the claim is about: insured, policyholder, claimant or patient, the first that is known.</param>
/// <param name="Doubtful">Fields to look at: not certain enough, or a rule objects.</param>
/// <param name="HeldBy">Who works on it now; null if nobody does.</param>
/// <param name="FirstApprovalBy">Who approved it first, where two are needed; null otherwise.</param>
/// <param name="ReturnedBy">Who returned it to that person; null if nobody did.</param>
public sealed record QueueItem(
    SubmissionId Id,
    string File,
    string State,
    string ReasonCode,
    string Reason,
    DateTimeOffset WaitingSince,
    string? ClaimNumber,
    string? PolicyNumber,
    string? Person,
    decimal? Amount,
    string? Currency,
    int Doubtful,
    string? HeldBy,
    string? FirstApprovalBy,
    string? ReturnedBy);

/// <summary>Which items of the queue.</summary>
/// <param name="State"><c>needs_review</c>, <c>dead</c> or <c>sample</c>; null: all.</param>
/// <param name="ReasonCode">Null: any.</param>
/// <param name="Search">Part of a claim or policy number, a name or a file's name, in any case; null: everything.</param>
/// <param name="Mine">Only what this person holds, or what was returned to them; null: everybody's.</param>
/// <param name="Order">In which order.</param>
public sealed record QueueFilter(string? State = null, string? ReasonCode = null, string? Search = null, string? Mine = null, QueueOrder Order = QueueOrder.Oldest);

public enum QueueOrder
{
    /// <summary>Whoever has waited longest comes first.</summary>
    Oldest,
    Newest,

    /// <summary>The largest total first; what has none comes last.</summary>
    Amount,
}

/// <summary>How many wait for each reason.</summary>
/// <param name="Oldest">Since when the oldest of them has waited.</param>
public sealed record QueueCount(string State, string ReasonCode, long Count, DateTimeOffset Oldest);
