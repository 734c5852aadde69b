using DocPipeline.Documents;
using DocPipeline.Extract.Coverage;
using DocPipeline.Extract.Labels;
using DocPipeline.Extract.Layout;
using DocPipeline.Extract.Readers;
using DocPipeline.Extract.Schema;
using DocPipeline.Extract.Tables;
using DocPipeline.Extract.Values;
using DocPipeline.Split;

namespace DocPipeline.Extract;

/// <summary>
/// Reads one document: words and boxes in, candidates for its fields and rows of its tables out. It decides nothing; every candidate carries its evidence.
/// </summary>
/// <remarks>
/// 1. Words become lines and segments. 2. Labels are found by the wordings of the document's type. 3. Evidence of the whole document settles
/// the order of dates and the decimal sign; for dates, the rest of the file helps where the document says nothing. 4. Every label proposes the words beside, below and above it, read as its field's type; some fields
/// are also found without a label. 5. Tables by their headers. 6. Amounts vouch for each other. 7. Words are given to fields, best first, none twice.
/// 8. Words that no value, row, label or running text accounts for are counted.
/// </remarks>
public sealed class DocumentExtractor
{
    private readonly DocumentTypes _types = DocumentTypes.Shipped;
    private readonly Dictionary<string, LabelBook> _books;
    private readonly List<string> _titles;
    private readonly TimeProvider _time;

    public DocumentExtractor(TimeProvider time)
    {
        _time = time;
        _books = _types.All.ToDictionary(type => type.Name, type => new LabelBook(_types.Vocabulary, _types.FieldsOf(type.Name), type.Tables));
        var text = new LabelText(_types.Vocabulary.Equivalents);
        _titles = [.. _types.All.SelectMany(type => type.Titles).Select(text.Fold).Distinct()];
    }

    /// <summary>Extracts one document from the pages of its file.</summary>
    /// <param name="part">Type and page numbers.</param>
    /// <param name="pages">All pages of the file; values are read from those of the part only.</param>
    public ExtractedDocument Extract(DocumentPart part, IReadOnlyList<Page> pages)
    {
        var type = _types[part.Type];
        if (type.YieldsNothing)
        {
            return new(part.Type, part.Confidence, part.Pages, [], []);
        }

        // 1. Lines and segments.
        var layouts = pages.Where(page => part.Pages.Contains(page.Number)).Select(PageLayout.Of).Where(layout => layout.Words.Count > 0).ToList();
        if (layouts.Count == 0)
        {
            return new(part.Type, part.Confidence, part.Pages, [], []);
        }

        // 2. Labels; a section may run on to the next page.
        var book = _books[part.Type];
        var fields = _types.FieldsOf(part.Type);
        var matcher = new LabelMatcher(book);
        string? section = null;
        var labels = layouts.ToDictionary(layout => layout, layout => matcher.Match(layout, section, out section));

        // 3. What the whole document says of its dates and amounts, and where it is silent on dates, the rest of its file.
        var year = _time.GetUtcNow().Year;
        var conventions = Conventions.Of([.. layouts.SelectMany(LinesOf)], year).ToContext(year);
        if (conventions.DateOrder == DateOrder.Undecided)
        {
            var others = pages.Where(page => !part.Pages.Contains(page.Number)).Select(page => LinesOf(PageLayout.Of(page)));
            conventions = conventions with { DateOrder = Conventions.OrderOfNeighbours(others, year), DateOrderIsBorrowed = true };
        }

        var reader = new SpanReader(conventions, [.. layouts.SelectMany(layout => layout.Words).Where(DateCaptions.IsCaption)]);

        // 4. Proposals with and without labels.
        var tables = type.Tables.Select(table => new TableReader(table, book.Text, reader)).ToList();
        var labelled = new LabelledValues(fields, reader);
        var proposals = layouts.SelectMany(layout => labelled.Propose(layout, labels[layout], tables.SelectMany(table => table.Headers.LinesOfDescribedThings(layout)).ToHashSet())).ToList();
        var context = new UnlabelledContext(layouts, [.. layouts.SelectMany(layout => labels[layout])], book, _titles, reader);
        if (type.NarrowPage || !IsBlankForm(context, proposals))
        {
            proposals.AddRange(UnlabelledValues.Propose(fields, context));
        }

        // 5. Tables.
        var read = tables.Select(table => table.Read(layouts, labels)).Where(table => table.Rows.Count > 0).ToList();

        // 6. and 7. Agreement, then one owner for every word.
        var assigned = Assignment.Assign(AmountAgreement.Apply(proposals, [.. read.Select(LineSum.Of).OfType<decimal>()], TaxSummary.SumsOf(layouts, reader)), fields, type.Required);

        // 8. What all of this does not account for.
        return new(part.Type, part.Confidence, part.Pages, assigned, read)
        {
            Coverage = CoverageMeter.Of(layouts, labels, tables.Count == 0 ? null : layout => tables.SelectMany(table => table.Headers.Lines(layout)), assigned, read),
        };
    }

    private static List<string> LinesOf(PageLayout page) => [.. page.Lines.Select(line => string.Join(' ', line.Words.Select(word => word.Text)))];

    /// <summary>Many labels and hardly a value: an empty form. Its letterhead and print date are no claim.</summary>
    private static bool IsBlankForm(UnlabelledContext context, List<Proposal> proposals)
    {
        var labelled = context.Labels.Where(label => label.Quality >= 0.8 && label.Targets.Any(target => target.Field is not null)).Select(label => label.Wording).Distinct().Count();
        var answered = proposals.Where(proposal => proposal.Score >= 0.5).Select(proposal => proposal.Field).Distinct().Count();
        return labelled >= 8 && answered <= labelled / 8;
    }
}
