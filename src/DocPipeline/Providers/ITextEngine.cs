using DocPipeline.Documents;

namespace DocPipeline.Providers;

/// <summary>A service that is sent the words of a page and says what they are: Comprehend.</summary>
public interface ITextEngine
{
    /// <summary>Its name in configuration, evidence and the ledger.</summary>
    string Name { get; }

    /// <summary>What a page consumes at most, known before it is sent.</summary>
    ProviderUsage ExpectedFor(Page page);

    /// <summary>Reads one page. What it finds are pairs with a name (<c>PERSON</c>) and without a label; their boxes are around the words.</summary>
    /// <exception cref="Workflow.TransientFailure">It may work later.</exception>
    /// <exception cref="ProviderRefusal">It will not work with this provider.</exception>
    Task<PageReading> ReadAsync(Page page, CancellationToken cancellationToken);
}
