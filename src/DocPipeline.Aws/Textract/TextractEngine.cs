using DocPipeline.Providers;

namespace DocPipeline.Aws.Textract;

/// <summary>Textract as a reader of single pages.</summary>
public sealed class TextractEngine(TextractClient client) : IPageEngine, IProbedProvider
{
    public string Name => TextractClient.Provider;

    public ProviderUsage? Expected => client.PageUsage;

    public Task<PageReading> ReadAsync(PagePicture picture, CancellationToken cancellationToken) => client.ReadPageAsync(picture, cancellationToken);

    public Task<ProviderProbe> ProbeAsync(CancellationToken cancellationToken) => client.ProbeAsync(cancellationToken);
}
