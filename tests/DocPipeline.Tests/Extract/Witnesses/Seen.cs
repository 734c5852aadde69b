using DocPipeline.Documents;
using DocPipeline.Pages;
using DocPipeline.Providers;

namespace DocPipeline.Tests.Extract.Witnesses;

/// <summary>What a service saw on a printed page: pairs whose boxes are those of words on it.</summary>
internal static class Seen
{
    public const string Expense = "textract AnalyzeExpense";

    public static SeenByServices By(string by, params LayoutPair[] pairs) =>
        new([new(by, new(new Page(1, 612, 792, by.Split(' ')[0], []), [], pairs, [], [], []))], []);

    /// <summary>A pair with a label.</summary>
    public static LayoutPair Pair(Page page, string label, string value, string? text = null) => new(Name: null, Region(page, label), Region(page, value, text));

    /// <summary>A field of the service's own.</summary>
    public static LayoutPair Named(Page page, string name, string value, string? text = null, double confidence = 0.9) => new(name, Label: null, Region(page, value, text) with { Confidence = confidence });

    /// <param name="words">The words of the page that it is around.</param>
    /// <param name="text">What the service reads there, if not these.</param>
    private static LayoutRegion Region(Page page, string words, string? text = null)
    {
        var wanted = words.Split(' ');
        var start = Enumerable.Range(0, page.Words.Count).First(at => wanted.Index().All(word => at + word.Index < page.Words.Count && page.Words[at + word.Index].Text == word.Item));
        return new(text ?? words, Box.Around(page.Words.Skip(start).Take(wanted.Length).Select(word => word.Box)), 0.9);
    }
}
