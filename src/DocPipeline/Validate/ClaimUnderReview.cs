using DocPipeline.Documents;

namespace DocPipeline.Validate;

/// <summary>A claim and everything from outside that rules may ask about it.</summary>
/// <param name="Claim">Resolved; findings in it are replaced by those of the rules.</param>
/// <param name="Today">The date at submission, from outside.</param>
/// <param name="Known">Claims of other files that share a number.</param>
/// <param name="RequiredFields">
/// By document type: fields without which a document of that type is not complete; <c>a|b</c> where one of two is enough.
/// </param>
/// <param name="Pages">How well each page of the file was read.</param>
public sealed record ClaimUnderReview(
    ResolvedClaim Claim,
    DateOnly Today,
    KnownClaims Known,
    IReadOnlyDictionary<string, IReadOnlyList<string>> RequiredFields,
    IReadOnlyList<PageQuality> Pages)
{
    public IEnumerable<(int Index, ResolvedDocument Document)> Documents => Claim.Documents.Index();

    /// <summary>Documents that are about a claim.</summary>
    public IEnumerable<(int Index, ResolvedDocument Document)> ClaimDocuments =>
        Documents.Where(entry => !NoClaimTypes.IsNoClaim(entry.Document.Type));

    /// <summary>The claim's value of a field, or, where merging left none, the first document's.</summary>
    public Field? this[string name] =>
        Claim.Fields.FirstOrDefault(entry => entry.Field.Name == name)?.Field
        ?? Claim.Documents.Select(document => document[name]).FirstOrDefault(field => field is not null);

    /// <summary>True when no document of the file says anything.</summary>
    public bool IsBlank => Claim.Fields.Count == 0 && Claim.Documents.All(document => document.Fields.Count == 0 && document.Tables.All(table => table.Rows.Count == 0));

    public bool HasOnlyEmptyPages => Pages.Count > 0 && Pages.All(page => page.IsBlank);

    /// <summary>What a document must have and neither it nor the file has; of each entry one field is enough.</summary>
    public IEnumerable<string[]> MissingFrom(ResolvedDocument document) =>
        RequiredBy(document.Type).Where(oneOf => Array.TrueForAll(oneOf, field => document[field] is null && this[field] is null && !HasTable(document, field)));

    private static bool HasTable(ResolvedDocument document, string name) => document.Tables.Any(table => table.Name == name && table.Rows.Count > 0);

    /// <summary>What a document of the type needs: of each entry one field.</summary>
    public IEnumerable<string[]> RequiredBy(string documentType) => (RequiredFields.GetValueOrDefault(documentType) ?? []).Select(entry => entry.Split('|'));
}

/// <summary>The types that splitting gives to pages that are no claim document of a known type.</summary>
public static class NoClaimTypes
{
    public const string Other = "other";
    public const string NotAClaim = "not_a_claim";

    public static bool IsNoClaim(string type) => type is Other or NotAClaim;
}

/// <summary>Claims of other files, looked up by claim number and invoice number. May hold more than matches: the rules compare.</summary>
public sealed record KnownClaims(IReadOnlyList<KnownClaim> Others)
{
    public static KnownClaims None { get; } = new([]);
}

/// <param name="Name">The file's name as its sender knows it.</param>
public sealed record KnownClaim(
    SubmissionId Submission,
    string Name,
    string? ClaimNumber,
    string? InvoiceNumber,
    string? Provider,
    string? TotalAmount);

/// <summary>How well a page was read.</summary>
/// <param name="Words">How many words were read.</param>
/// <param name="WeakShare">The share of words, 0 to 1, of which the reader itself is unsure.</param>
public sealed record PageQuality(int Page, int Words, double WeakShare, bool IsBlank)
{
    /// <summary>Measured on receipts and forms: right words have a median of 0.91 to 0.96, wrong ones of 0.31 to 0.58.</summary>
    private const double WeakBelow = 0.6;

    /// <summary>Who read it; null where it does not matter.</summary>
    public string? Source { get; init; }

    /// <summary>Readers that were to read it before <see cref="Source"/> did, and why they did not; null where there are none.</summary>
    public IReadOnlyList<SkippedReader>? Skipped { get; init; }

    public static PageQuality Of(Page page) => new(
        page.Number,
        page.Words.Count,
        page.Words.Count == 0 ? 0 : (double)page.Words.Count(word => word.Confidence < WeakBelow) / page.Words.Count,
        page.Source == PageSources.Blank)
    {
        Source = page.Skipped is null ? null : page.Source,
        Skipped = page.Skipped,
    };
}
