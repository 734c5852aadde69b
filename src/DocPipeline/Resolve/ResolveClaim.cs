using System.Text.Json;
using System.Text.Json.Serialization;
using DocPipeline.Blobs;
using DocPipeline.Documents;
using DocPipeline.Extract;
using DocPipeline.Resolve.Ask;
using DocPipeline.Workflow;

namespace DocPipeline.Resolve;

public sealed record PartsToResolve(ContentHash Content, IReadOnlyList<ExtractedPart> Parts);

/// <summary>Where the resolved claim is kept: the name of a derived blob beside the content.</summary>
public sealed record ResolvedFile(ContentHash Content, string Blob)
{
    /// <summary>Fields that a language model is to be asked about; 0 where none is configured. Left out of the journal at 0: older histories know no such number.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Questions { get; init; }
}

/// <summary>The resolve step: one value a field, one claim a file.</summary>
public sealed class ResolveClaim(IBlobs blobs, ClaimResolver resolver, DoubtResolver doubts) : IActivity<PartsToResolve, ResolvedFile>
{
    private const string Blob = "resolved.json";

    public static Activity<PartsToResolve, ResolvedFile> Name { get; } = new("resolve-claim");

    public async Task<ResolvedFile> RunAsync(PartsToResolve input, ActivityContext context, CancellationToken cancellationToken)
    {
        var documents = await ReadPartsAsync(blobs, input.Content, input.Parts, cancellationToken);
        var claim = resolver.Resolve(documents);
        await blobs.WriteDerivedAsync(input.Content, Blob, JsonSerializer.SerializeToUtf8Bytes(claim, DocumentJson.Options), cancellationToken);
        return new(input.Content, Blob) { Questions = doubts.Count(documents, claim) };
    }

    /// <summary>The documents of a file as extraction left them.</summary>
    internal static async Task<IReadOnlyList<ExtractedDocument>> ReadPartsAsync(IBlobs blobs, ContentHash content, IReadOnlyList<ExtractedPart> parts, CancellationToken cancellationToken)
    {
        var documents = new List<ExtractedDocument>(parts.Count);
        foreach (var part in parts)
        {
            documents.Add(DocumentJson.Read<ExtractedDocument>(await blobs.ReadDerivedAsync(content, part.Blob, cancellationToken), part.Blob));
        }

        return documents;
    }
}
