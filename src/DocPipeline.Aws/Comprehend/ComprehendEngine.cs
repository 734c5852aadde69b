using DocPipeline.Documents;
using DocPipeline.Providers;

namespace DocPipeline.Aws.Comprehend;

/// <summary>What Comprehend is to look for in the words of a page.</summary>
public enum ComprehendOperation
{
    /// <summary>People, organisations, places, dates ...</summary>
    DetectEntities,

    /// <summary>Personal data.</summary>
    DetectPiiEntities,
}

/// <summary>Comprehend as a reader of words, a page a request.</summary>
public sealed class ComprehendEngine(ComprehendClient client, ComprehendOperation operation) : ITextEngine, IProbedProvider
{
    public string Name => ComprehendClient.Provider;

    public ProviderUsage ExpectedFor(Page page) => ComprehendClient.UsageOf(operation.ToString(), client.TextsOf(page));

    public async Task<PageReading> ReadAsync(Page page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        var texts = client.TextsOf(page);
        if (texts.Count != 1)
        {
            throw new ProviderRefusal(RefusalKind.Unsupported, Name, texts.Count == 0 ? "There are no words on the page." : "The page has more words than comprehend takes in one request.");
        }

        var reading = operation == ComprehendOperation.DetectEntities
            ? await client.DetectEntitiesAsync(texts[0], cancellationToken)
            : await client.DetectPiiEntitiesAsync(texts[0], cancellationToken);
        var pairs = reading.Entities.SelectMany(entity => entity.Places, static (entity, place) => new LayoutPair(entity.Type, Label: null, new(entity.Text, place.Box, entity.Confidence)));
        return new(new(page with { Source = Name, Words = [] }, [], [.. pairs], [], [], []), reading.Usage);
    }

    public Task<ProviderProbe> ProbeAsync(CancellationToken cancellationToken) => client.ProbeAsync(operation.ToString(), cancellationToken);
}
