using System.Text.Json;
using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Extract;
using DocPipeline.Workflow;

namespace DocPipeline.Resolve;

public sealed record PartsToResolve(ContentHash Content, IReadOnlyList<ExtractedPart> Parts);

/// <summary>Where the resolved claim is kept: the name of a derived blob beside the content.</summary>
public sealed record ResolvedFile(ContentHash Content, string Blob);

/// <summary>The resolve step: one value a field, one claim a file.</summary>
public sealed class ResolveClaim(BlobFolder blobs, ClaimResolver resolver) : IActivity<PartsToResolve, ResolvedFile>
{
    private const string Blob = "resolved.json";

    public static Activity<PartsToResolve, ResolvedFile> Name { get; } = new("resolve-claim");

    public async Task<ResolvedFile> RunAsync(PartsToResolve input, ActivityContext context, CancellationToken cancellationToken)
    {
        var documents = new List<ExtractedDocument>(input.Parts.Count);
        foreach (var part in input.Parts)
        {
            documents.Add(DocumentJson.Read<ExtractedDocument>(await blobs.ReadDerivedAsync(input.Content, part.Blob, cancellationToken), part.Blob));
        }

        var claim = resolver.Resolve(documents);
        await blobs.WriteDerivedAsync(input.Content, Blob, JsonSerializer.SerializeToUtf8Bytes(claim, DocumentJson.Options), cancellationToken);
        return new(input.Content, Blob);
    }
}
