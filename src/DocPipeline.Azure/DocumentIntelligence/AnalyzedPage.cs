using DocPipeline.Documents;
using DocPipeline.Providers;
using DocPipeline.Providers.Wire;

namespace DocPipeline.Azure.DocumentIntelligence;

/// <summary>A page of a result: its unit (inches for a PDF, pixels for a picture) and its words, by where they stand in the text of the whole result.</summary>
internal sealed class AnalyzedPage
{
    // A reply can make every element span every word: looking must stay in proportion to what was sent.
    private const int MostLooks = 2_000_000;

    private readonly List<(int Offset, int End, double Confidence)> _spans = [];
    private readonly List<Word> _words = [];
    private int _looks;

    private AnalyzedPage(int number, double width, double height) => (Number, Width, Height) = (number, width, height);

    /// <summary>From 1.</summary>
    public int Number { get; }

    /// <summary>In the result's unit.</summary>
    public double Width { get; }

    /// <summary>In the result's unit.</summary>
    public double Height { get; }

    public IReadOnlyList<Word> Words => _words;

    public IReadOnlyList<LayoutMark> Marks { get; private init; } = [];

    public static AnalyzedPage Read(ReplyJson page)
    {
        var (width, height) = (page["width"].Number(), page["height"].Number());
        if (width <= 0 || height <= 0)
        {
            throw page.Broken("a page with an area was expected");
        }

        var read = new AnalyzedPage(page["pageNumber"].Whole(1, int.MaxValue), width, height)
        {
            Marks = [.. page.ItemsOf("selectionMarks").Select(mark => new LayoutMark(IsSelected(mark["state"]), ReplyPlaces.Box(mark["polygon"], width, height), mark["confidence"].Fraction()))],
        };
        foreach (var word in page.ItemsOf("words"))
        {
            var confidence = word["confidence"].Fraction();
            var span = Span.Read(word["span"]);
            read._words.AddRange(ReplyPlaces.Words(word["content"].Text(), ReplyPlaces.Box(word["polygon"], width, height), confidence));
            read._spans.Add((span.Offset, span.End, confidence));
        }

        read._spans.Sort();
        return read;
    }

    /// <summary>The confidence of the least sure word within spans; null where there is none. Offsets and lengths of one result count in the same unit, whichever it is.</summary>
    public double? LeastConfidence(ReplyJson element)
    {
        double? least = null;
        foreach (var word in element.ItemsOf("spans").Select(Span.Read).SelectMany(WordsIn))
        {
            if (++_looks > MostLooks)
            {
                throw element.Broken("elements that share fewer words were expected");
            }

            least = Math.Min(least ?? 1, word.Confidence);
        }

        return least;
    }

    public static bool IsSelected(ReplyJson state) => state.Text() switch
    {
        "selected" => true,
        "unselected" => false,
        _ => throw state.Broken("selected or unselected was expected"),
    };

    private IEnumerable<(int Offset, int End, double Confidence)> WordsIn(Span span)
    {
        var first = _spans.BinarySearch((span.Offset, 0, 0));
        return _spans.Skip(first < 0 ? ~first : first).TakeWhile(word => word.Offset < span.End);
    }
}

/// <summary>A stretch of the text of a result.</summary>
internal readonly record struct Span(int Offset, int Length)
{
    public int End => Offset + Length;

    public static Span Read(ReplyJson span) => new(span["offset"].Whole(0, int.MaxValue / 2), span["length"].Whole(0, int.MaxValue / 2));
}
