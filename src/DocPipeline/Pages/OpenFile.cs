using DocPipeline.Ingest;
using DocPipeline.Workflow;

namespace DocPipeline.Pages;

/// <summary>The step that opens a submission's file. Safe to repeat: the result is kept by content.</summary>
public sealed class OpenFile(PageReader reader) : IActivity<Submission, OpenedFile>
{
    public static readonly Activity<Submission, OpenedFile> Name = new("open-file");

    public Task<OpenedFile> RunAsync(Submission input, ActivityContext context, CancellationToken cancellationToken) =>
        reader.OpenAsync(input.Content, cancellationToken);
}
