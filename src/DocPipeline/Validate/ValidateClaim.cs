using System.Text.Json;
using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Pages;
using DocPipeline.Resolve;
using DocPipeline.Store;
using DocPipeline.Workflow;

namespace DocPipeline.Validate;

public sealed record ClaimToValidate(SubmissionId Submission, ResolvedFile Resolved);

/// <summary>What was decided, and where the claim with its findings is kept.</summary>
/// <param name="Blob">Name of the derived blob beside the content.</param>
public sealed record ValidationOutcome(string State, string? ReasonCode, string? Reason, string Blob);

/// <summary>The validate step: runs the rules, with the claims of other submissions in view.</summary>
public sealed class ValidateClaim(IBlobs blobs, PageReader pages, ReviewContext review, ClaimValidator validator, DuplicateLookup duplicates)
    : IActivity<ClaimToValidate, ValidationOutcome>
{
    public static Activity<ClaimToValidate, ValidationOutcome> Name { get; } = new("validate-claim");

    public async Task<ValidationOutcome> RunAsync(ClaimToValidate input, ActivityContext context, CancellationToken cancellationToken)
    {
        var content = input.Resolved.Content;
        var resolved = DocumentJson.Read<ResolvedClaim>(await blobs.ReadDerivedAsync(content, input.Resolved.Blob, cancellationToken), input.Resolved.Blob);
        var known = await FindKnownAsync(input.Submission, resolved, cancellationToken);
        var read = await pages.ReadPagesAsync(content, cancellationToken);
        var validated = validator.Validate(review.Of(resolved, read, known));

        // Named by the submission: what other submissions know of is not the same for two of them. And by the step: after a regrouping the older reading stays
        // beside the newer one, as the audit knows it.
        var name = $"claim-{input.Submission}-{context.StepNumber}.json";
        await blobs.WriteDerivedAsync(content, name, JsonSerializer.SerializeToUtf8Bytes(validated.Claim, ClaimJson.Options), cancellationToken);
        var decision = validated.Decision;
        return new(decision.State, decision.ReasonCode, decision.Reason, name);
    }

    /// <summary>Asks once for every document that has an invoice of its own, and once for the claim.</summary>
    private async Task<KnownClaims> FindKnownAsync(SubmissionId submission, ResolvedClaim claim, CancellationToken cancellationToken)
    {
        var others = new List<KnownClaim>();
        foreach (var document in claim.Documents)
        {
            var query = new DuplicateQuery(
                submission,
                document["claim_number"]?.Value,
                document["invoice_number"]?.Value,
                document["provider"]?.Value,
                decimal.TryParse(document["total_amount"]?.Value, out var total) ? total : null);
            if (query is { ClaimNumber: null, InvoiceNumber: null })
            {
                continue;
            }

            var found = await duplicates.FindAsync(query, cancellationToken);
            others.AddRange(found.Where(other => other.State != "rejected").Select(other => KnownOf(other, query)));
        }

        return others.Count == 0 ? KnownClaims.None : new(others);
    }

    /// <summary>The look-up tells which values are equal; equal values are ours.</summary>
    private static KnownClaim KnownOf(PossibleDuplicate other, DuplicateQuery query)
    {
        var parts = other.Match.Split('+');
        return new(
            other.Submission,
            other.Key,
            parts.Contains("claim_number") ? query.ClaimNumber : null,
            parts.Contains("invoice_number") ? query.InvoiceNumber : null,
            parts.Contains("provider") ? query.Provider : null,
            parts.Contains("total_amount") ? query.TotalAmount?.ToString() : null);
    }
}
