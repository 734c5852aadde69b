using DocPipeline.Documents;

namespace DocPipeline.Pages;

/// <summary>What is known of a file after it was opened.</summary>
/// <param name="Format">Detected from magic bytes: <c>pdf</c>, <c>png</c>, <c>jpeg</c>, <c>tiff</c>, <c>webp</c>, <c>gif</c>, <c>bmp</c>, <c>text</c>.</param>
/// <param name="PageCount">At least 1.</param>
/// <param name="PagesToRecognize">Pages without a usable text layer, those that take longest first; the words of all others are stored already.</param>
public sealed record OpenedFile(ContentHash Content, string Format, int PageCount, IReadOnlyList<int> PagesToRecognize);

/// <summary>One page that needs recognition.</summary>
public sealed record PageToRecognize(ContentHash Content, int Page);

/// <summary>A recognised page; its words are stored beside the content.</summary>
public sealed record RecognizedPage(int Page, int Words);
