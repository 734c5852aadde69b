namespace DocPipeline.Documents;

/// <summary>
/// The document itself is at fault: no retry will help. Carries a stable code and a sentence that a claims clerk understands.
/// </summary>
public sealed class DocumentFault(string code, string message) : Exception(message)
{
    /// <summary>One of <see cref="FaultCodes"/>.</summary>
    public string Code { get; } = code;
}

/// <summary>The stable codes of <see cref="DocumentFault"/>. People search for them: never rename one.</summary>
public static class FaultCodes
{
    public const string Empty = "empty_file";
    public const string UnsupportedFormat = "unsupported_format";
    public const string Encrypted = "encrypted";
    public const string Corrupt = "corrupt";
    public const string NoPages = "no_pages";
    public const string TooLarge = "too_large";
    public const string TooManyPages = "too_many_pages";
    public const string TooManyPixels = "too_many_pixels";
    public const string TookTooLong = "took_too_long";
    public const string TooMuchMemory = "too_much_memory";
    public const string ReaderCrashed = "reader_crashed";
    public const string Disappeared = "disappeared";
}
