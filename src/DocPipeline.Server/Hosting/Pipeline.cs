using DocPipeline.Durable;
using DocPipeline.Extract;
using DocPipeline.Pages;
using DocPipeline.Resolve;
using DocPipeline.Resolve.Ask;
using DocPipeline.Split;
using DocPipeline.Store;
using DocPipeline.Validate;
using Microsoft.Extensions.DependencyInjection;

namespace DocPipeline.Server.Hosting;

/// <summary>The document pipeline as the engine knows it: the story and the service behind each of its steps.</summary>
internal static class Pipeline
{
    /// <summary>
    /// Every version that may still have open workflows. A changed order of steps, name or input of a step is a new version beside the old one;
    /// the recorded histories in tests/DocPipeline.EndToEnd.Tests/Histories tell when it is.
    /// </summary>
    public static DurableBuilder AddVersions(DurableBuilder builder) => builder
        .AddWorkflow(DocumentPipeline.Name, static () => new DocumentPipeline());

    public static void Register(IServiceProvider services, DurableBuilder builder) => AddVersions(builder)
        .AddActivity(FlagDuplicate.Name, services.GetRequiredService<FlagDuplicate>())
        .AddActivity(OpenFile.Name, services.GetRequiredService<OpenFile>())
        .AddActivity(RecognizePage.Name, services.GetRequiredService<RecognizePage>())
        .AddActivity(SplitPages.Name, services.GetRequiredService<SplitPages>())
        .AddActivity(ExtractDocument.Name, services.GetRequiredService<ExtractDocument>())
        .AddActivity(ResolveClaim.Name, services.GetRequiredService<ResolveClaim>())
        .AddActivity(AskModel.Name, services.GetRequiredService<AskModel>())
        .AddActivity(ValidateClaim.Name, services.GetRequiredService<ValidateClaim>())
        .AddActivity(RejectSubmission.Name, services.GetRequiredService<RejectSubmission>())
        .AddActivity(StoreClaim.Name, services.GetRequiredService<StoreClaim>())
        .AddActivity(RecordReview.Name, services.GetRequiredService<RecordReview>());
}
