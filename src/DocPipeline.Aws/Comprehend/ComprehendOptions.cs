namespace DocPipeline.Aws.Comprehend;

/// <summary>Limits and defaults are AWS's own as of November 2026; they are settings because they change.</summary>
public sealed record ComprehendOptions
{
    /// <summary>Of the documents; finding personal data works for en and es.</summary>
    public string LanguageCode { get; init; } = "en";

    /// <summary>Largest text of a request, in bytes of UTF-8.</summary>
    public int MaxTextBytes { get; init; } = 100_000;

    /// <summary>Largest text of several in one request, in bytes of UTF-8.</summary>
    public int MaxBatchTextBytes { get; init; } = 5_000;

    /// <summary>Texts in one request.</summary>
    public int MaxBatch { get; init; } = 25;
}
