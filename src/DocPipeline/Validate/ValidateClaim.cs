using System.Text.Json;
using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Resolve;
using DocPipeline.Store;
using DocPipeline.Workflow;

namespace DocPipeline.Validate;

public sealed record ClaimToValidate(SubmissionId Submission, ResolvedFile Resolved);

/// <summary>What was decided, and where the claim with its findings is kept.</summary>
public sealed record ValidatedClaim(string State, string? ReasonCode, string? Reason, string Blob);

/// <summary>The validate step: runs the rules, with the claims of other submissions in view.</summary>
public sealed class ValidateClaim(BlobFolder blobs, ClaimValidator validator) : IActivity<ClaimToValidate, ValidatedClaim>
{
    public static Activity<ClaimToValidate, ValidatedClaim> Name { get; } = new("validate-claim");

    public async Task<ValidatedClaim> RunAsync(ClaimToValidate input, ActivityContext context, CancellationToken cancellationToken)
    {
        var content = input.Resolved.Content;
        var resolved = DocumentJson.Read<ResolvedClaim>(await blobs.ReadDerivedAsync(content, input.Resolved.Blob, cancellationToken), input.Resolved.Blob);
        var (claim, decision) = validator.Validate(resolved, KnownClaims.None);

        // Named by the submission: what other submissions know of is not the same for two of them.
        var name = $"claim-{input.Submission}.json";
        await blobs.WriteDerivedAsync(content, name, JsonSerializer.SerializeToUtf8Bytes(claim, ClaimJson.Options), cancellationToken);
        return new(decision.State, decision.ReasonCode, decision.Reason, name);
    }
}
