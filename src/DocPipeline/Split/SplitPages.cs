using DocPipeline.Documents;
using DocPipeline.Pages;
using DocPipeline.Workflow;

namespace DocPipeline.Split;

/// <summary>The parts of a file.</summary>
public sealed record SplitFile(ContentHash Content, IReadOnlyList<DocumentPart> Parts);

/// <summary>The split step: reads the stored words of a file and divides its pages into documents.</summary>
public sealed class SplitPages(PageReader pages, PageSplitter splitter) : IActivity<OpenedFile, SplitFile>
{
    public static Activity<OpenedFile, SplitFile> Name { get; } = new("split-pages");

    public async Task<SplitFile> RunAsync(OpenedFile input, ActivityContext context, CancellationToken cancellationToken) =>
        new(input.Content, splitter.Split(await pages.ReadPagesAsync(input.Content, cancellationToken)));
}
