using System.Text.Json.Serialization;

namespace DocPipeline.Documents;

/// <summary>One word as read.</summary>
/// <param name="Text">The characters; never empty, never with white space.</param>
/// <param name="Box">Where it stands.</param>
/// <param name="Confidence">The reader's own confidence, 0 to 1; 1 for a text layer. Agreement of two readings raises it, disagreement lowers it.</param>
/// <param name="ReadingsAgree">True where two readings saw the same, false where they did not; null where the word was read once.</param>
/// <param name="OtherReading">What the reading that was not believed saw here; null where there is none.</param>
public sealed record Word(string Text, Box Box, double Confidence, bool? ReadingsAgree = null, string? OtherReading = null);

/// <summary>The words of one page: one form for every reader. Words come in the reader's order; layout is the business of extraction.</summary>
/// <param name="Number">1 for the first page of the file.</param>
/// <param name="Width">Width in points (1/72 inch); for pictures without a known resolution, estimated so that the long side is 792.</param>
/// <param name="Height">Height in points.</param>
/// <param name="Source">Who read it: one of <see cref="PageSources"/>.</param>
/// <param name="Words">The words, possibly none.</param>
public sealed record Page(int Number, double Width, double Height, string Source, IReadOnlyList<Word> Words)
{
    /// <summary>Readers that were to read it before <see cref="Source"/> did, and why they did not; null where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SkippedReader>? Skipped { get; init; }
}

/// <param name="Reader">Name of the service.</param>
/// <param name="Reason">For an operator: what happened and what to do.</param>
public sealed record SkippedReader(string Reader, string Reason);

/// <summary>Names of our own readers, as they appear in evidence. Others are names of services, such as <c>textract</c>.</summary>
public static class PageSources
{
    public const string TextLayer = "text-layer";
    public const string Tesseract = "tesseract";
    public const string PlainText = "plain-text";

    /// <summary>Nothing is on the page.</summary>
    public const string Blank = "blank";

    /// <summary>No service had a part in it.</summary>
    public static bool IsOurs(string source) => source is TextLayer or Tesseract or PlainText or Blank;

    /// <summary>Words were seen in a picture, by whichever reader: letters may be mistaken for others.</summary>
    public static bool IsSeen(string source) => source is not (TextLayer or PlainText or Blank);
}
