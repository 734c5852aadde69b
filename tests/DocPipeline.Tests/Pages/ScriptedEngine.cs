using DocPipeline.Documents;
using DocPipeline.Providers;

namespace DocPipeline.Tests.Pages;

/// <summary>A service that reads what it is told to.</summary>
internal sealed class ScriptedEngine(string name, Func<PagePicture, IReadOnlyList<Word>> read) : IPageEngine
{
    public string Name => name;

    public List<PagePicture> Seen { get; } = [];

    /// <summary>What it sees beside the words.</summary>
    public IReadOnlyList<LayoutPair> Pairs { get; init; } = [];

    /// <summary>Sees the words of a text, each line below the other and evenly spaced.</summary>
    public static ScriptedEngine Reading(string name, string text) => new(name, _ => Upright(text));

    public static ScriptedEngine Failing(string name, Exception exception) => new(name, _ => throw exception);

    public Task<PageReading> ReadAsync(PagePicture picture, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Seen.Add(picture);
        var page = new Page(picture.Page, picture.Width, picture.Height, name, read(picture));
        return Task.FromResult(new PageReading(new PageLayout(page, [], Pairs, [], [], []), new(name, "v1", new Dictionary<string, decimal> { [ProviderUnits.Page] = 1 })));
    }

    public static IReadOnlyList<Word> Upright(string text) =>
    [
        .. text.Split('\n').SelectMany((line, row) => line.Split(' ').Select((word, column) =>
            new Word(word, new Box(0.1 + (column * 0.12), 0.1 + (row * 0.05), 0.2 + (column * 0.12), 0.12 + (row * 0.05)), 0.9))),
    ];
}
