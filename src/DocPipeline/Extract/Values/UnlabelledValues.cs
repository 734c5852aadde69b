using DocPipeline.Extract.Labels;
using DocPipeline.Extract.Layout;
using DocPipeline.Extract.Readers;
using DocPipeline.Extract.Schema;

namespace DocPipeline.Extract.Values;

/// <summary>What an unlabelled search may look at.</summary>
/// <param name="Titles">Folded titles of all document types.</param>
internal sealed record UnlabelledContext(
    IReadOnlyList<PageLayout> Pages,
    IReadOnlyList<LabelMatch> Labels,
    LabelBook Book,
    IReadOnlyList<string> Titles,
    SpanReader Reader)
{
    private readonly HashSet<(int Page, int Word)> _labelWords =
        [.. Labels.Where(label => label.Quality >= 0.6).SelectMany(label => label.Words.Select(word => (label.Page.Page.Number, word.Index)))];

    public bool IsLabel(PageLayout page, LayoutWord word) => _labelWords.Contains((page.Page.Number, word.Index));

    public bool HasLabel(PageLayout page, IEnumerable<LayoutWord> words) => words.Any(word => IsLabel(page, word));
}

/// <summary>
/// Values that stand without a label: the letterhead's company, the VIN that is recognised by its form, the date beside the invoice number.
/// Every way has a name under which the document types ask for it.
/// </summary>
internal static class UnlabelledValues
{
    private delegate IEnumerable<Proposal> Way(string name, FieldSchema field, UnlabelledContext context);

    private static readonly Dictionary<string, Way> Ways = new()
    {
        ["letterhead"] = Letterheads.FromHead,
        ["topLines"] = Letterheads.FromTopLines,
        ["insurerPhrase"] = Letterheads.FromInsurerPhrase,
        ["firstDate"] = UnlabelledDates.First,
        ["anyDate"] = UnlabelledDates.Any,
        ["dateBesideNumber"] = UnlabelledDates.BesideNumber,
        ["visitDate"] = UnlabelledDates.OfVisit,
        ["coverageDates"] = UnlabelledDates.OfCoverage,
        ["vin"] = UnlabelledIdentifiers.Vin,
        ["icdCodes"] = UnlabelledIdentifiers.IcdCodes,
        ["vehiclePhrase"] = UnlabelledIdentifiers.VehiclePhrase,
        ["personAlone"] = UnlabelledIdentifiers.PersonAlone,
        ["currency"] = UnlabelledAmounts.Currency,
        ["sumRow"] = UnlabelledAmounts.SumRow,
        ["carrierBlock"] = Letterheads.FromCarrierBlock,
        ["cashLessChange"] = UnlabelledAmounts.CashLessChange,
        ["largestRepeatedAmount"] = UnlabelledAmounts.LargestRepeated,
    };

    public static IEnumerable<Proposal> Propose(IReadOnlyDictionary<string, FieldSchema> fields, UnlabelledContext context)
    {
        foreach (var (name, field) in fields)
        {
            foreach (var way in field.Unlabelled)
            {
                foreach (var proposal in Ways[way](name, field, context))
                {
                    yield return proposal;
                }
            }
        }
    }
}
