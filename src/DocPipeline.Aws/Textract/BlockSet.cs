using DocPipeline.Providers;
using DocPipeline.Providers.Wire;

namespace DocPipeline.Aws.Textract;

/// <summary>All blocks of a reply, or of all pages of a job's result: relationships may lead from one page of the result to another, so it is complete before any is followed.</summary>
internal sealed class BlockSet(string provider)
{
    // A reply can name the same child in many parents: following them all must stay in proportion to what was sent.
    private const int MostSteps = 2_000_000;
    private const int MostCharacters = 20_000_000;

    private readonly Dictionary<int, List<Block>> _byPage = [];
    private readonly Dictionary<string, Block> _byId = new(StringComparer.Ordinal);
    private int _steps;
    private int _characters;

    /// <summary>The blocks of a page, in order.</summary>
    public IReadOnlyList<Block> On(int page) => _byPage.GetValueOrDefault(page) ?? [];

    /// <exception cref="ProviderRefusal">There is a block with this id.</exception>
    public void Add(Block block)
    {
        if (!_byId.TryAdd(block.Id, block))
        {
            throw ReplyJson.Broken(provider, "two blocks have the same id");
        }

        if (!_byPage.TryGetValue(block.Page, out var page))
        {
            _byPage[block.Page] = page = [];
        }

        page.Add(block);
    }

    /// <exception cref="ProviderRefusal">A block that is named is not there.</exception>
    public IEnumerable<Block> Related(Block block, string relationship)
    {
        foreach (var id in block.IdsOf(relationship))
        {
            if (++_steps > MostSteps)
            {
                throw ReplyJson.Broken(provider, "its blocks are related to each other without end");
            }

            yield return _byId.TryGetValue(id, out var related) ? related : throw ReplyJson.Broken(provider, $"a {relationship} of a {block.Type} is missing");
        }
    }

    /// <summary>What is written in a block: the words of its children, of theirs if they are cells or lines.</summary>
    public string TextOf(Block block) => string.Join(' ', TextsOf(block, depth: 0));

    /// <summary>A block as a region of the page.</summary>
    public LayoutRegion RegionOf(Block block) => new(TextOf(block), block.Box, block.Confidence ?? 1);

    private IEnumerable<string> TextsOf(Block block, int depth)
    {
        if (block.Type is "WORD" or "LINE" or "QUERY_RESULT")
        {
            _characters += block.Text.Length;
            return _characters <= MostCharacters ? [block.Text] : throw ReplyJson.Broken(provider, "its blocks repeat the same text without end");
        }

        if (depth > 3)
        {
            throw ReplyJson.Broken(provider, "its blocks are nested without end");
        }

        return Related(block, "CHILD").SelectMany(child => TextsOf(child, depth + 1)).Where(text => text.Length > 0);
    }
}
