namespace DocPipeline.Extract.Readers;

/// <summary>Decides in which order a document prints the numbers of its dates.</summary>
public static class DateOrderEvidence
{
    /// <summary>A date that only one order allows. Two of these need no look at hints about the country.</summary>
    private const double Proof = 4;

    /// <summary>The winner must lead by this much: one proof with nothing against it, or hints of two kinds.</summary>
    private const double Lead = 2;

    /// <summary>Undecided when nothing speaks, or when proofs contradict each other.</summary>
    /// <param name="dates">Every date of the document.</param>
    /// <param name="lines">Every line of the document: currency, country, language, telephone numbers and printed formats are hints.</param>
    public static DateOrderDecision Decide(IEnumerable<DateReading> dates, IEnumerable<string> lines)
    {
        var all = dates.ToList();
        var votes = new List<(DateOrder Order, double Weight, string Reason)>();
        foreach (var date in all.Where(date => date is { MonthNamed: false, Decides: DateOrder.MonthFirst or DateOrder.DayFirst } && date.Plausibility > 0.45).DistinctBy(date => date.Printed))
        {
            votes.Add((date.Decides, date.Repaired ? Proof / 2 : Proof, $"'{date.Printed}' is a date only {Name(date.Decides)}"));
        }

        votes.AddRange(SameDateInWords(all));
        if (all.Any(date => date is { IsAmbiguous: true, Separator: '.' }))
        {
            votes.Add((DateOrder.DayFirst, 2.5, "points between the numbers"));
        }

        votes.AddRange(LocaleHints.Of(lines).Where(hint => hint.DateOrder != DateOrder.Undecided).Select(hint => (hint.DateOrder, hint.DateWeight, hint.Reason)));
        return Count(votes);
    }

    private static DateOrderDecision Count(List<(DateOrder Order, double Weight, string Reason)> votes)
    {
        var monthFirst = votes.Where(vote => vote.Order == DateOrder.MonthFirst).Sum(vote => vote.Weight);
        var dayFirst = votes.Where(vote => vote.Order == DateOrder.DayFirst).Sum(vote => vote.Weight);
        var reasons = votes.OrderByDescending(vote => vote.Weight).Take(6).Select(vote => $"{Name(vote.Order)}: {vote.Reason}").ToList();

        // Proofs on both sides: two writers, or a misread number. A clear majority may still decide.
        var provedMonthFirst = votes.Where(vote => vote is { Order: DateOrder.MonthFirst, Weight: Proof }).Sum(vote => vote.Weight);
        var provedDayFirst = votes.Where(vote => vote is { Order: DateOrder.DayFirst, Weight: Proof }).Sum(vote => vote.Weight);
        var winner = Math.Max(provedMonthFirst, provedDayFirst);
        var loser = Math.Min(provedMonthFirst, provedDayFirst);
        if (winner >= 2 * Proof || loser > 0)
        {
            return new DateOrderDecision(winner < 3 * loser ? DateOrder.Undecided : provedMonthFirst > provedDayFirst ? DateOrder.MonthFirst : DateOrder.DayFirst, reasons);
        }

        var order = Math.Abs(monthFirst - dayFirst) < Lead ? DateOrder.Undecided : monthFirst > dayFirst ? DateOrder.MonthFirst : DateOrder.DayFirst;
        return new DateOrderDecision(order, reasons);
    }

    /// <summary>A date that is printed once in words and once in numbers tells the order.</summary>
    private static IEnumerable<(DateOrder Order, double Weight, string Reason)> SameDateInWords(List<DateReading> dates)
    {
        var certain = dates.Where(date => !date.IsAmbiguous && (date.MonthNamed || date.Decides == DateOrder.YearFirst)).Select(date => date.Options[0].Date).ToHashSet();
        foreach (var date in dates.Where(date => date.IsAmbiguous).DistinctBy(date => date.Printed))
        {
            var meant = date.Options.Where(option => certain.Contains(option.Date)).ToList();
            if (meant.Count == 1)
            {
                yield return (meant[0].Order, 2.5, $"'{date.Printed}' is also printed as {meant[0].Iso} beyond doubt");
            }
        }
    }

    private static string Name(DateOrder order) => order == DateOrder.MonthFirst ? "month first" : "day first";
}
