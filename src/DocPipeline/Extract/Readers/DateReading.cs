using System.Globalization;

namespace DocPipeline.Extract.Readers;

/// <summary>In which order a document prints the numbers of a date.</summary>
public enum DateOrder
{
    /// <summary>Nothing settles it.</summary>
    Undecided,
    MonthFirst,
    DayFirst,
    YearFirst,
}

/// <summary>A date and the order of numbers under which the print means it.</summary>
public readonly record struct OrderedDate(DateOrder Order, DateOnly Date)
{
    public string Iso => Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>A printed date with every meaning that it can have.</summary>
/// <param name="Options">At least one, all different. Two when the order of day and month is undecidable from the print itself, month first then.</param>
/// <param name="TwoDigitYear">True when the century was not printed.</param>
/// <param name="MonthNamed">True when the month was printed as a word.</param>
/// <param name="Repaired">True when misread characters were replaced.</param>
/// <param name="Separator">The character between the numbers; a space where there is none or the month is a word.</param>
/// <param name="Printed">The date as printed, without what stands around it.</param>
public sealed record DateReading(
    IReadOnlyList<OrderedDate> Options,
    bool TwoDigitYear,
    bool MonthNamed,
    bool Repaired,
    char Separator,
    string Printed,
    double Plausibility)
{
    public bool IsAmbiguous => Options.Count > 1;

    /// <summary>The only order under which the print is a date, if it is not the same under all.</summary>
    public DateOrder Decides => Options.Count == 1 ? Options[0].Order : DateOrder.Undecided;

    /// <summary>The readings as ISO dates, given the order of the document: one when that settles it, otherwise all.</summary>
    /// <param name="borrowed">The order is that of the document's neighbours: a date that needs it is less sure.</param>
    public Reading Under(DateOrder order, bool borrowed = false)
    {
        if (!IsAmbiguous)
        {
            // A print that contradicts the order of its document may be misread.
            var contradicts = order is DateOrder.MonthFirst or DateOrder.DayFirst
                && Decides is DateOrder.MonthFirst or DateOrder.DayFirst
                && Decides != order;
            return Reading.Certain(Options[0].Iso, contradicts ? Plausibility * 0.8 : Plausibility);
        }

        var meant = Options.Where(option => option.Order == order).ToList();
        return meant.Count == 1
            ? Reading.Certain(meant[0].Iso, borrowed ? Plausibility * 0.85 : Plausibility)
            : new Reading(Options[0].Iso, Math.Min(Plausibility, 0.5), [.. Options.Skip(1).Select(option => option.Iso)]);
    }
}

/// <summary>A date and where it stands in its line.</summary>
public sealed record FoundDate(Range Span, DateReading Reading);
