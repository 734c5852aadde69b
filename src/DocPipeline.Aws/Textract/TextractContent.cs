using DocPipeline.Providers;
using DocPipeline.Providers.Wire;

namespace DocPipeline.Aws.Textract;

/// <summary>What one call read: a single reply, or all pages of a job's result.</summary>
internal sealed class TextractContent(string provider, TextractOptions options)
{
    private readonly BlockSet _blocks = new(provider);
    private readonly List<(int Page, LayoutPair Pair)> _pairs = [];
    private readonly List<(int Page, LayoutTable Table)> _tables = [];

    /// <summary>Pages of the file, as the reply says: what is charged.</summary>
    public int Pages { get; private set; }

    /// <summary>Adds a reply.</summary>
    /// <exception cref="ProviderRefusal">It is not what the operation answers with.</exception>
    public void Add(ReplyJson reply)
    {
        var pages = reply["DocumentMetadata"]["Pages"].Whole(1, options.MaxPages);
        if (Pages != 0 && Pages != pages)
        {
            throw reply.Broken("the number of pages differs from that of the reply before");
        }

        Pages = pages;
        switch (options.Operation)
        {
            case TextractOperation.AnalyzeExpense:
                foreach (var document in reply["ExpenseDocuments"].Items())
                {
                    AddBlocks(document.ItemsOf("Blocks"));
                    Expense.Read(document, Pages, _pairs, _tables);
                }

                break;

            case TextractOperation.AnalyzeID:
                foreach (var document in reply["IdentityDocuments"].Items())
                {
                    AddBlocks(document.ItemsOf("Blocks"));
                    _pairs.AddRange(Identity.Read(document).Select(pair => (1, pair)));
                }

                break;

            default:
                AddBlocks(reply["Blocks"].Items());
                break;
        }
    }

    /// <summary>Whether there is a page block: only then does a page without words mean that nothing is on it.</summary>
    public bool HasRead(int page) => _blocks.On(page).Any(block => block.Type == "PAGE");

    /// <param name="page">Number in the reply, from 1.</param>
    /// <param name="number">Number in our file, from 1.</param>
    public PageLayout PageOf(int page, int number, PageSize size)
    {
        var layout = TextractLayout.Of(_blocks, page, number, size, provider);
        return layout with
        {
            Pairs = [.. layout.Pairs, .. _pairs.Where(pair => pair.Page == page).Select(pair => pair.Pair)],
            Tables = [.. layout.Tables, .. _tables.Where(table => table.Page == page).Select(table => table.Table)],
        };
    }

    /// <summary>What it cost.</summary>
    public ProviderUsage Usage() => UsageOf(provider, options, Pages);

    /// <summary>The model is the operation with its features, as the price file names it: <c>AnalyzeDocument FORMS+TABLES</c>.</summary>
    public static ProviderUsage UsageOf(string provider, TextractOptions options, int pages) => new(
        provider,
        options.Operation == TextractOperation.AnalyzeDocument ? $"{options.Operation} {string.Join('+', TextractRequests.NamesOf(options.Features))}" : options.Operation.ToString(),
        new Dictionary<string, decimal>(StringComparer.Ordinal) { [ProviderUnits.Page] = pages });

    private void AddBlocks(IEnumerable<ReplyJson> blocks)
    {
        foreach (var block in blocks)
        {
            _blocks.Add(Block.Read(block, Pages));
        }
    }
}
