using DocPipeline.Documents;
using DocPipeline.Extract.Labels;
using DocPipeline.Extract.Layout;

namespace DocPipeline.Extract.Coverage;

/// <summary>Accounts for the words of a document after it was read: those of values, rows and labels, and those that no field could want.</summary>
internal static class CoverageMeter
{
    /// <summary>A run of so many words without a wide gap is a sentence, unless figures stand in it.</summary>
    private const int Sentence = 8;

    /// <param name="headers">Numbers of the lines that head a table; null where documents of the type have no list that anybody asks for.</param>
    public static IReadOnlyList<PageCoverage> Of(
        IReadOnlyList<PageLayout> pages,
        IReadOnlyDictionary<PageLayout, IReadOnlyList<LabelMatch>> labels,
        Func<PageLayout, IEnumerable<int>>? headers,
        IReadOnlyList<FieldCandidates> fields,
        IReadOnlyList<Table> tables)
    {
        var places = fields.Select(field => field.Candidates[0].Evidence).Concat(tables.SelectMany(table => table.Rows).Select(row => row.Evidence)).ToLookup(place => place.Page);
        var repeated = pages.SelectMany(page => page.Lines.Select(TextOf).Distinct()).GroupBy(text => text).Where(lines => lines.Count() > 1).Select(lines => lines.Key).ToHashSet();
        return [.. pages.Select(page => Of(page, labels[page], headers is null ? null : [.. headers(page)], [.. places[page.Page.Number]], repeated))];
    }

    private static PageCoverage Of(PageLayout page, IReadOnlyList<LabelMatch> labels, HashSet<int>? headers, IReadOnlyList<Evidence> places, HashSet<string> repeated)
    {
        var explained = new bool[page.Words.Count];
        Explain(labels.SelectMany(label => label.Words));
        Explain(page.Lines.Where(line => headers?.Contains(line.Number) == true).SelectMany(line => line.Words));
        Explain(page.Words.Where(word => page.BoxOf([word]) is var box && places.Any(place => IsIn(box, place.Box))));

        // Before boilerplate: a list on every page of a file is a list all the same.
        var lost = headers is null ? [] : LostRows.Of(page, explained);
        Explain(page.Lines.Where(line => repeated.Contains(TextOf(line))).SelectMany(line => line.Words));
        Explain(page.Segments.Where(segment => IsHeading(segment, page) || IsSentence(segment)).SelectMany(segment => segment.Words));

        var words = page.Words.Where(word => word.Text.Any(char.IsLetterOrDigit)).ToList();
        return new(page.Page.Number, words.Count, words.Count(word => explained[word.Index]), [.. lost.Select(line => page.EvidenceOf(line.Words))]);

        void Explain(IEnumerable<LayoutWord> known)
        {
            foreach (var word in known)
            {
                explained[word.Index] = true;
            }
        }
    }

    private static bool IsIn(Box word, Box place) => word.CentreX >= place.X0 && word.CentreX <= place.X1 && word.CentreY >= place.Y0 && word.CentreY <= place.Y1;

    private static string TextOf(TextLine line) => string.Join(' ', line.Words.Select(word => word.Text));

    /// <summary>Large or in capitals, short and without figures.</summary>
    private static bool IsHeading(Segment segment, PageLayout page) =>
        segment.Words.Count <= Sentence && !segment.Text.Any(char.IsAsciiDigit)
        && (segment.Height > 1.25 * page.TextHeight || (segment.Text.Any(char.IsLetter) && !segment.Text.Any(char.IsLower)));

    private static bool IsSentence(Segment segment) =>
        segment.Words.Count >= Sentence && segment.Words.Count(word => word.Text.Any(char.IsAsciiDigit)) <= segment.Words.Count / 6;
}
