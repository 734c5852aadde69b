using System.Text.Json;
using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Pages;
using DocPipeline.Workflow;

namespace DocPipeline.Resolve.Ask;

/// <summary>
/// The ask step: puts the open questions of a file to a language model. Runs only where the resolve step counted some. What a model or its provider does never makes it fail
/// for good: on its last attempt it goes on without.
/// </summary>
public sealed class AskModel(IBlobs blobs, PageReader pages, DoubtResolver doubts) : IActivity<QuestionsToAsk, ResolvedFile>
{
    private const string Blob = "resolved-asked.json";

    public static Activity<QuestionsToAsk, ResolvedFile> Name { get; } = new("ask-model");

    /// <summary>All attempts together end before an operator is told that the document stands still.</summary>
    public static RetryPolicy Retry { get; } = new(3, TimeSpan.FromSeconds(5), 3, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(4));

    public async Task<ResolvedFile> RunAsync(QuestionsToAsk input, ActivityContext context, CancellationToken cancellationToken)
    {
        var content = input.Resolved.Content;
        var documents = await ResolveClaim.ReadPartsAsync(blobs, content, input.Parts, cancellationToken);
        var claim = DocumentJson.Read<ResolvedClaim>(await blobs.ReadDerivedAsync(content, input.Resolved.Blob, cancellationToken), input.Resolved.Blob);
        var read = await pages.ReadPagesAsync(content, cancellationToken);
        var file = new FileToAsk(content, documents, claim, read, context.InstanceId, context.Attempt >= Retry.MaxAttempts) { Draw = (page, part, token) => pages.PartAsync(content, page, part, token) };
        var asked = await doubts.ResolveAsync(file, cancellationToken);
        await blobs.WriteDerivedAsync(content, Blob, JsonSerializer.SerializeToUtf8Bytes(asked.Claim, DocumentJson.Options), cancellationToken);
        return new(content, Blob);
    }
}
