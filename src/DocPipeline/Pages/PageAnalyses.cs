using DocPipeline.Documents;
using DocPipeline.Providers;

namespace DocPipeline.Pages;

/// <summary>A service that is asked what it sees on the pages of some documents, whoever reads their words.</summary>
/// <param name="Name">Such as <c>textract-expense</c>; part of the names of files, so another question to the same service has another one.</param>
/// <param name="Types">Of documents.</param>
public abstract record PageAnalysis(string Name, IReadOnlySet<string> Types)
{
    /// <summary>The service, as the ledger has it.</summary>
    public abstract string Service { get; }

    /// <summary>What a page consumes at most, known before it is sent; null where it is not.</summary>
    public abstract ProviderUsage? ExpectedFor(Page page);
}

/// <summary>It is sent a picture of the page; a text file has none.</summary>
public sealed record PictureAnalysis(string Name, IReadOnlySet<string> Types, IPageEngine Engine) : PageAnalysis(Name, Types)
{
    public override string Service => Engine.Name;

    public override ProviderUsage? ExpectedFor(Page page) => Engine.Expected;
}

/// <summary>It is sent the words of the page.</summary>
public sealed record TextAnalysis(string Name, IReadOnlySet<string> Types, ITextEngine Engine) : PageAnalysis(Name, Types)
{
    public override string Service => Engine.Name;

    public override ProviderUsage? ExpectedFor(Page page) => Engine.ExpectedFor(page);
}

/// <summary>What is asked for beside the words. Nothing by default.</summary>
public sealed record PageAnalyses(IReadOnlyList<PageAnalysis> All)
{
    public static PageAnalyses None { get; } = new([]);

    public IEnumerable<PageAnalysis> Of(string type) => All.Where(analysis => analysis.Types.Contains(type));
}

/// <summary>What a service saw on a page.</summary>
/// <param name="By">The service and its operation or model, as the ledger has them.</param>
/// <param name="Layout">Boxes are those of the page that our words are boxed on; words are left out.</param>
public sealed record SeenPage(string By, PageLayout Layout);

/// <summary>What services saw in a document.</summary>
/// <param name="Skipped">Those that were to be asked and did not answer, and why.</param>
public sealed record SeenByServices(IReadOnlyList<SeenPage> Pages, IReadOnlyList<SkippedReader> Skipped)
{
    public static SeenByServices Nothing { get; } = new([], []);
}
