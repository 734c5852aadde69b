using DocPipeline.Documents;
using DocPipeline.Validate;

namespace DocPipeline.Tests.Validate;

/// <summary>Builds claims for tests: shortest first.</summary>
internal static class Claims
{
    public static readonly DateOnly Today = new(2026, 2, 1);

    public static ClaimValidator Validator { get; } = new(new ValidateOptions());

    /// <summary>What programs act upon; the sentence for people is asserted where it matters.</summary>
    public static (string State, string? ReasonCode) Outcome(this ClaimDecision decision) => (decision.State, decision.ReasonCode);

    /// <summary>A document with accepted fields, on a page of its own once it is in a claim.</summary>
    public static ResolvedDocument Document(string type, params (string Name, string Value)[] fields) =>
        new(type, 0.95, [1], [.. fields.Select(field => Field(field.Name, field.Value))], [], []);

    public static Field Field(string name, string value, bool accepted = true, params string[] alternatives) => new(
        name,
        value,
        accepted ? 0.98 : 0.5,
        accepted,
        At(value),
        [.. alternatives.Select(alternative => new Candidate(alternative, 0.5, At(alternative), "beside its label", []))]);

    public static Evidence At(string text, int page = 1) => new(page, new Box(0.1, 0.1, 0.3, 0.12), text, PageSources.TextLayer);

    public static Table Table(string name, string column, params string[] amounts) => new(
        name,
        [.. amounts.Select(amount => new TableRow(new Dictionary<string, string> { ["description"] = "Part", [column] = amount }, At(amount)))]);

    /// <summary>A claim of these documents, page by page, merged so that the first document wins.</summary>
    public static ClaimUnderReview Of(params ResolvedDocument[] documents)
    {
        ResolvedDocument[] placed =
        [
            .. documents.Index().Select(entry => entry.Item with
            {
                Pages = [entry.Index + 1],
                Fields = [.. entry.Item.Fields.Select(field => field with { Evidence = field.Evidence with { Page = entry.Index + 1 } })],
            }),
        ];
        var merged = placed.Index().SelectMany(entry => entry.Item.Fields.Select(field => new ClaimField(field, entry.Index))).DistinctBy(entry => entry.Field.Name);
        return new ClaimUnderReview(
            new ResolvedClaim(placed, [.. merged], []),
            Today,
            KnownClaims.None,
            new Dictionary<string, IReadOnlyList<string>>(),
            [.. placed.SelectMany(document => document.Pages).Select(page => new PageQuality(page, Words: 100, WeakShare: 0.05, IsBlank: false))]);
    }

    public static ClaimUnderReview Requiring(this ClaimUnderReview claim, string type, params string[] fields) =>
        claim with { RequiredFields = new Dictionary<string, IReadOnlyList<string>> { [type] = fields } };

    public static ClaimUnderReview Knowing(this ClaimUnderReview claim, params KnownClaim[] others) => claim with { Known = new KnownClaims(others) };

    public static KnownClaim Known(string name, string? claimNumber = null, string? invoiceNumber = null, string? provider = null, string? total = null) =>
        new(new SubmissionId(Guid.Empty), name, claimNumber, invoiceNumber, provider, total);

    /// <summary>Every finding, of the claim and of its documents.</summary>
    public static IReadOnlyList<Finding> Findings(this ClaimUnderReview claim)
    {
        var validated = Validator.Validate(claim).Claim;
        return [.. validated.Findings, .. validated.Documents.SelectMany(document => document.Findings)];
    }

    public static IReadOnlyList<string> Codes(this ClaimUnderReview claim) => [.. claim.Findings().Select(finding => finding.Rule)];
}
