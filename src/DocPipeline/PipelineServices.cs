using DocPipeline.Extract;
using DocPipeline.Resolve;
using DocPipeline.Resolve.Ask;
using DocPipeline.Split;
using DocPipeline.Store;
using DocPipeline.Validate;
using Microsoft.Extensions.DependencyInjection;

namespace DocPipeline;

/// <summary>The stages between words and a stored claim; pages and the database are added by their own rooms.</summary>
public static class PipelineServices
{
    public static IServiceCollection AddPipeline(this IServiceCollection services, ResolveOptions resolve, ValidateOptions validate) => services
        .AddSingleton<PageSplitter>()
        .AddSingleton<DocumentExtractor>()
        .AddSingleton(_ => new ClaimResolver(Calibration.Shipped, resolve))
        .AddAsking()
        .AddSingleton<ReviewContext>()
        .AddValidate(validate)
        .AddSingleton<SplitPages>()
        .AddSingleton<ExtractDocument>()
        .AddSingleton<ResolveClaim>()
        .AddSingleton<AskModel>()
        .AddSingleton<ValidateClaim>()
        .AddSingleton<StoreClaim>()
        .AddSingleton<RejectSubmission>()
        .AddSingleton<FlagDuplicate>()
        .AddSingleton<RecordReview>()
        .AddSingleton<MarkDead>()
        .AddSingleton<DuplicateLookup>();
}
