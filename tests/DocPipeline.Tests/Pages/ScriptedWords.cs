using DocPipeline.Documents;
using DocPipeline.Providers;

namespace DocPipeline.Tests.Pages;

/// <summary>A service that says of words what it is told to.</summary>
internal sealed class ScriptedWords(string name, Func<Page, IReadOnlyList<LayoutPair>> say) : ITextEngine
{
    public string Name => name;

    public List<Page> Seen { get; } = [];

    public ProviderUsage ExpectedFor(Page page) => new(name, "v1", new Dictionary<string, decimal> { [ProviderUnits.HundredCharacters] = 3 });

    /// <summary>That the words with these texts are of a kind.</summary>
    public static IReadOnlyList<LayoutPair> Kind(Page page, string kind, params string[] words) =>
        [.. page.Words.Where(word => words.Contains(word.Text)).Select(word => new LayoutPair(kind, Label: null, new(word.Text, word.Box, 0.9)))];

    public Task<PageReading> ReadAsync(Page page, CancellationToken cancellationToken)
    {
        Seen.Add(page);
        return Task.FromResult(new PageReading(new(page with { Source = name, Words = [] }, [], say(page), [], [], []), ExpectedFor(page)));
    }
}
