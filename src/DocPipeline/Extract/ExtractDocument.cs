using System.Text.Json;
using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Pages;
using DocPipeline.Split;
using DocPipeline.Workflow;

namespace DocPipeline.Extract;

public sealed record PartToExtract(ContentHash Content, DocumentPart Part);

/// <summary>Where the candidates of a document are kept: the name of a derived blob beside the content.</summary>
public sealed record ExtractedPart(string Blob);

/// <summary>The extract step: one document of a file; its candidates are kept beside the content, not in the journal.</summary>
public sealed class ExtractDocument(IBlobs blobs, PageReader pages, PageAnalyst analyst, DocumentExtractor extractor) : IActivity<PartToExtract, ExtractedPart>
{
    public static Activity<PartToExtract, ExtractedPart> Name { get; } = new("extract-document");

    public async Task<ExtractedPart> RunAsync(PartToExtract input, ActivityContext context, CancellationToken cancellationToken)
    {
        var read = await pages.ReadPagesAsync(input.Content, cancellationToken);
        var seen = await analyst.SeeAsync(input.Content, input.Part.Type, input.Part.PagesOf(read), context.InstanceId, cancellationToken);
        var document = extractor.Extract(input.Part, read, seen);
        var name = $"document-{input.Part.Pages[0]}.json";
        await blobs.WriteDerivedAsync(input.Content, name, JsonSerializer.SerializeToUtf8Bytes(document, DocumentJson.Options), cancellationToken);
        return new(name);
    }
}
