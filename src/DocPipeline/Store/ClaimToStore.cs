using System.Text.Json.Serialization;
using DocPipeline.Documents;
using DocPipeline.Review;

namespace DocPipeline.Store;

/// <summary>A claim that is ready to be stored.</summary>
/// <param name="Content">Hash of the submission's bytes: the derived blob stands beside them.</param>
/// <param name="State">What was decided: <c>accepted</c> or <c>needs_review</c>.</param>
/// <param name="ReasonCode">Why a person must look; null where accepted.</param>
/// <param name="Reason">The same for the person.</param>
/// <param name="Result">Name of the derived blob that holds the <see cref="ResolvedClaim"/>, spelled as <see cref="ClaimJson"/> says.</param>
/// <param name="Kept">Corrections of what was read before that stand over what was read anew; null for the first reading.</param>
public sealed record ClaimToStore(
    SubmissionId Submission,
    ContentHash Content,
    string State,
    string? ReasonCode,
    string? Reason,
    string Result,
    // Absent for a first reading: journals of older programs have no such member.
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<FieldCorrection>? Kept = null);
