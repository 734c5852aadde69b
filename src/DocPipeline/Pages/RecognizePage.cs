using DocPipeline.Workflow;

namespace DocPipeline.Pages;

/// <summary>The step that recognises one page. Safe to repeat: the result is kept by content.</summary>
public sealed class RecognizePage(PageReader reader) : IActivity<PageToRecognize, RecognizedPage>
{
    public static readonly Activity<PageToRecognize, RecognizedPage> Name = new("recognize-page");

    public Task<RecognizedPage> RunAsync(PageToRecognize input, ActivityContext context, CancellationToken cancellationToken) =>
        reader.RecognizeAsync(input.Content, input.Page, context.InstanceId, cancellationToken);
}
