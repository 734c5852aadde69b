using DocPipeline.Extract.Layout;
using DocPipeline.Extract.Readers;

namespace DocPipeline.Extract.Values;

/// <summary>The captions of boxes for month, day and year, which settle the order of the numbers in them.</summary>
internal static class DateCaptions
{
    public static bool IsCaption(LayoutWord word) => PartOf(word) != Part.None;

    /// <summary>The order that captions just above or below the three numbers give them.</summary>
    public static DateOrder OrderOf(IReadOnlyList<LayoutWord> numbers, IReadOnlyList<LayoutWord> captions)
    {
        var parts = numbers.Select(number => PartNear(number, captions)).ToList();
        return parts switch
        {
            [Part.Month, Part.Day, _] => DateOrder.MonthFirst,
            [Part.Day, Part.Month, _] => DateOrder.DayFirst,
            [Part.Year, Part.Month, _] => DateOrder.YearFirst,
            _ => DateOrder.Undecided,
        };
    }

    private static Part PartNear(LayoutWord number, IReadOnlyList<LayoutWord> captions)
    {
        var near = captions
            .Where(caption => Math.Abs(caption.CentreX - number.CentreX) < Math.Max(number.Height, caption.X1 - caption.X0)
                && Math.Abs(caption.CentreY - number.CentreY) < 2.2 * Math.Max(number.Height, caption.Height))
            .MinBy(caption => Math.Abs(caption.CentreX - number.CentreX) + Math.Abs(caption.CentreY - number.CentreY));
        return near is null ? Part.None : PartOf(near);
    }

    private static Part PartOf(LayoutWord word) => word.Text.Trim('.', ',', '(', ')', '/', ':').ToUpperInvariant() switch
    {
        "MM" or "MONTH" or "MO" => Part.Month,
        "DD" or "DAY" => Part.Day,
        "YY" or "YYYY" or "CCYY" or "YEAR" or "YR" => Part.Year,
        _ => Part.None,
    };

    private enum Part
    {
        None,
        Day,
        Month,
        Year,
    }
}
