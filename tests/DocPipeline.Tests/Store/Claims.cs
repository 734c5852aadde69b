using System.Text.Json;
using DocPipeline.Documents;
using DocPipeline.Ingest;
using DocPipeline.Review;
using DocPipeline.Store;

namespace DocPipeline.Tests.Store;

/// <summary>Claims to store, and the way there.</summary>
internal static class Claims
{
    public static Evidence At(string text, int page = 1) => new(page, new Box(0.1, 0.2, 0.3, 0.4), text, PageSources.TextLayer);

    public static Field Field(string name, string value, params string[] others) =>
        new(name, value, 0.97, true, At(value), [.. others.Select(other => new Candidate(other, 0.5, At(other), "right of the label", []))]);

    public static ResolvedClaim Estimate(string claimNumber = "CL-1", string total = "3800.00", int rows = 2, params Field[] more)
    {
        Field[] fields = [Field("claim_number", claimNumber), Field("date_of_loss", "2026-01-05", "2026-05-01"), Field("total_amount", total), .. more];
        var lines = Enumerable.Range(1, rows).Select(row => new TableRow(
            new Dictionary<string, string> { ["description"] = $"part {row}", ["amount"] = $"{row}.00" }, At($"part {row}")));
        var document = new ResolvedDocument(
            "repair_estimate", 0.9, [1, 2], fields, [new Table("line_items", [.. lines])],
            [new Finding("sum-of-lines", Severity.Warning, "Lines do not sum to the total.", "total_amount", [At(total)])]);
        return new ResolvedClaim(
            [document, new("other", 0.4, [3], [], [], [])],
            [.. fields.Select(field => new ClaimField(field, 0))],
            [new Finding("police-report-missing", Severity.Info, "No police report.", Field: null, [])]);
    }

    public static async Task<ClaimToStore> PrepareAsync(
        this PipelineDatabase database, ResolvedClaim claim, string state = SubmissionStates.Accepted, string? reasonCode = null)
    {
        var accepted = await database.AcceptAsync();
        var content = new ContentHash(await database.ScalarAsync<string>("SELECT content FROM docpipeline.submission WHERE id = $1", accepted.Submission.Value));
        await database.Blobs.WriteDerivedAsync(
            content, "claim.json", JsonSerializer.SerializeToUtf8Bytes(claim, ClaimJson.Options), TestContext.Current.CancellationToken);
        return new(accepted.Submission, content, state, reasonCode, reasonCode is null ? null : "A person should look.", "claim.json");
    }

    /// <summary>A new reading of a submission whose pages were regrouped.</summary>
    public static async Task<ClaimToStore> PrepareAgainAsync(this PipelineDatabase database, SubmissionId id, ResolvedClaim claim, IReadOnlyList<FieldCorrection> kept)
    {
        var content = new ContentHash(await database.ScalarAsync<string>("SELECT content FROM docpipeline.submission WHERE id = $1", id.Value));
        await database.Blobs.WriteDerivedAsync(
            content, "claim-again.json", JsonSerializer.SerializeToUtf8Bytes(claim, ClaimJson.Options), TestContext.Current.CancellationToken);
        return new(id, content, SubmissionStates.NeedsReview, "regrouped", "Look again.", "claim-again.json", kept);
    }

    public static async Task<SubmissionId> StoreAsync(
        this PipelineDatabase database, ResolvedClaim claim, string state = SubmissionStates.Accepted, string? reasonCode = null)
    {
        var input = await database.PrepareAsync(claim, state, reasonCode);
        await database.RunAsync(new StoreClaim(database.Blobs), input);
        return input.Submission;
    }
}
