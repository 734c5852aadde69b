namespace DocPipeline.Aws.Textract;

/// <summary>Which of its readings Textract is asked for.</summary>
public enum TextractOperation
{
    /// <summary>Words and lines; the cheapest.</summary>
    DetectDocumentText,

    /// <summary>Words, and what <see cref="TextractOptions.Features"/> names.</summary>
    AnalyzeDocument,

    /// <summary>Invoices and receipts: named fields and line items.</summary>
    AnalyzeExpense,

    /// <summary>Passports and driving licences of the United States: named fields.</summary>
    AnalyzeID,
}

/// <summary>What AnalyzeDocument looks for beside words. Each costs.</summary>
[Flags]
public enum TextractFeatures
{
    None = 0,
    Forms = 1,
    Tables = 2,
    Queries = 4,
    Signatures = 8,
    Layout = 16,
}

/// <summary>A question that AnalyzeDocument answers from the page.</summary>
/// <param name="Text">In English, such as <c>What is the policy number?</c></param>
/// <param name="Alias">The name that the answer gets in <see cref="Providers.LayoutPair.Name"/>; null: the question itself.</param>
public sealed record TextractQuery(string Text, string? Alias = null)
{
    /// <summary>Pages of a file that it is asked of, such as <c>1</c>, <c>2-4</c> or <c>*</c>; empty: the first one.</summary>
    public IReadOnlyList<string> Pages { get; init; } = [];
}

/// <summary>Limits and defaults are AWS's own as of November 2026; they are settings because they change.</summary>
public sealed record TextractOptions
{
    public TextractOperation Operation { get; init; } = TextractOperation.DetectDocumentText;

    /// <summary>For <see cref="TextractOperation.AnalyzeDocument"/>.</summary>
    public TextractFeatures Features { get; init; } = TextractFeatures.Forms | TextractFeatures.Tables;

    /// <summary>For <see cref="TextractFeatures.Queries"/>: 15 for a page, 30 for a file.</summary>
    public IReadOnlyList<TextractQuery> Queries { get; init; } = [];

    /// <summary>Largest picture that is sent.</summary>
    public int MaxPictureBytes { get; init; } = 10_000_000;

    /// <summary>Largest file that a job may read, in pages.</summary>
    public int MaxPages { get; init; } = 3_000;

    /// <summary>Blocks in one page of a job's result: 1 to 1,000. A dense page of a document has about 1,000.</summary>
    public int MaxResults { get; init; } = 1_000;

    /// <summary>Pages of a job's result at most: a token that leads nowhere must not be followed for ever.</summary>
    public int MaxReplies { get; init; } = 3_000;
}

/// <summary>A file in S3, which has to be in the region that Textract is called in.</summary>
/// <param name="Version">Null: the newest, which may be another one than was decided on.</param>
public sealed record S3Location(string Bucket, string Key, string? Version = null);
