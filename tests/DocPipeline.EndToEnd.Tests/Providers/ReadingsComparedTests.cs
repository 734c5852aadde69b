using DocPipeline.Documents;
using DocPipeline.Server.Compare;

namespace DocPipeline.EndToEnd.Tests.Providers;

public sealed class ReadingsComparedTests
{
    [Fact]
    public void Of_WordsInTheSamePlace_CountOnceEachWhateverTheirCaseAndMarks()
    {
        var live = Seen("tesseract", ("Total:", 0.1), ("Total", 0.3), ("12.50", 0.5), ("gone", 0.7));
        var other = Seen("textract", ("TOTAL", 0.1), ("12,50", 0.5), ("Total", 0.9));

        var compared = ReadingsCompared.Of([live], Claim(), [other], Claim());

        Assert.Equal((1, 4, 3, 2), (compared.Pages, compared.WordsLive, compared.WordsOther, compared.WordsSame));
    }

    [Fact]
    public void Of_PagesWithATextLayerOnBothSides_SayNothingAboutReaders()
    {
        var layer = Seen(PageSources.TextLayer, ("Total", 0.1));

        Assert.Equal(0, ReadingsCompared.Of([layer], Claim(), [layer], Claim()).Pages);
    }

    [Fact]
    public void Of_Fields_SaysWhichDifferAndHow()
    {
        var compared = ReadingsCompared.Of([], Claim(("vin", "A"), ("tax", "1.00"), ("provider", "P")), [], Claim(("vin", "A"), ("tax", "7.00"), ("currency", "EUR")));

        Assert.Equal(1, compared.FieldsSame);
        Assert.Equal([new("currency", null, "EUR"), new("provider", "P", null), new FieldDifference("tax", "1.00", "7.00")], compared.Differences);
    }

    private static Page Seen(string source, params (string Text, double X)[] words) =>
        new(1, 612, 792, source, [.. words.Select(word => new Word(word.Text, new Box(word.X, 0.1, word.X + 0.05, 0.12), 0.9))]);

    private static ResolvedClaim Claim(params (string Name, string Value)[] fields) =>
        new([], [.. fields.Select(field => new ClaimField(new Field(field.Name, field.Value, 1, Accepted: true, new Evidence(1, default, field.Value, "tesseract"), []), 0))], []);
}
