using DocPipeline.Providers;

namespace DocPipeline.Azure.DocumentIntelligence;

/// <summary>Document Intelligence as a reader of single pages.</summary>
public sealed class DocumentIntelligenceEngine(DocumentIntelligenceClient client) : IPageEngine, IProbedProvider
{
    public string Name => DocumentIntelligenceClient.Provider;

    public ProviderUsage? Expected => client.PageUsage;

    public async Task<PageReading> ReadAsync(PagePicture picture, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var reading = await client.ReadAsync(picture.Bytes, [new(picture.Width, picture.Height)], cancellationToken);
        var layout = reading.Pages[0];
        return new(layout with { Page = layout.Page with { Number = picture.Page } }, reading.Usage);
    }

    public Task<ProviderProbe> ProbeAsync(CancellationToken cancellationToken) => client.ProbeAsync(cancellationToken);
}
