namespace DocPipeline.Extract.Readers;

/// <summary>What was decided about a document, and why: the reasons are for people.</summary>
public sealed record DateOrderDecision(DateOrder Order, IReadOnlyList<string> Reasons);

/// <inheritdoc cref="DateOrderDecision"/>
public sealed record DecimalStyleDecision(DecimalStyle Style, IReadOnlyList<string> Reasons);

/// <summary>How a document writes numbers of dates and amounts, from all of its lines.</summary>
public sealed record Conventions(DateOrderDecision Dates, DecimalStyleDecision Decimals)
{
    /// <summary>Reads every date, amount and hint of the lines.</summary>
    public static Conventions Of(IReadOnlyCollection<string> lines, int referenceYear) => new(
        DatesOf(lines, referenceYear),
        DecimalStyleEvidence.Decide(lines.SelectMany(AmountReader.FindAll).Select(found => found.Reading), lines));

    /// <summary>
    /// The order of dates that the other pages of a file agree on, for a document that settles none itself. Undecided where one page says otherwise:
    /// then the file has two writers, and either may have written the document.
    /// </summary>
    public static DateOrder OrderOfNeighbours(IEnumerable<IReadOnlyCollection<string>> pages, int referenceYear)
    {
        var orders = pages.Select(lines => DatesOf(lines, referenceYear).Order).Where(order => order != DateOrder.Undecided).Distinct().ToList();
        return orders is [var only] ? only : DateOrder.Undecided;
    }

    public ReaderContext ToContext(int referenceYear) => new(Dates.Order, Decimals.Style, referenceYear);

    private static DateOrderDecision DatesOf(IReadOnlyCollection<string> lines, int referenceYear) =>
        DateOrderEvidence.Decide(lines.SelectMany(line => DateReader.FindAll(line, referenceYear)).Select(found => found.Reading), lines);
}
