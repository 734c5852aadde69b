namespace DocPipeline.Extract.Readers;

/// <summary>Decides which character a document prints before decimals.</summary>
public static class DecimalStyleEvidence
{
    private const double Proof = 3;

    private const double Weak = 0.25;

    /// <summary>Undecided when nothing speaks, or when both styles are printed about equally often.</summary>
    /// <param name="amounts">Every amount of the document.</param>
    /// <param name="lines">Every line of the document: country, currency and language are hints.</param>
    public static DecimalStyleDecision Decide(IEnumerable<AmountReading> amounts, IEnumerable<string> lines)
    {
        var votes = new List<(DecimalStyle Style, double Weight, string Reason)>();
        foreach (var group in amounts.Where(amount => amount.Decides != DecimalStyle.Undecided).GroupBy(amount => amount.Decides))
        {
            var prints = group.Select(amount => amount.Printed).Distinct().ToList();
            // A single decimal is a quantity as often as an amount.
            var money = group.Where(amount => amount.Sign is not null || HasCents(amount.Printed)).Select(amount => amount.Printed).Distinct().Count();
            votes.Add((group.Key, (Proof * money) + (Weak * (prints.Count - money)), $"{Name(group.Key)} in '{prints[0]}'" + (prints.Count > 1 ? $" and {prints.Count - 1} more" : string.Empty)));
        }

        votes.AddRange(LocaleHints.Of(lines).Where(hint => hint.DecimalStyle != DecimalStyle.Undecided).Select(hint => (hint.DecimalStyle, 1.0, hint.Reason)));
        var point = votes.Where(vote => vote.Style == DecimalStyle.Point).Sum(vote => vote.Weight);
        var comma = votes.Where(vote => vote.Style == DecimalStyle.Comma).Sum(vote => vote.Weight);
        var reasons = votes.OrderByDescending(vote => vote.Weight).Take(6).Select(vote => $"{Name(vote.Style)}: {vote.Reason}").ToList();
        var style = Math.Max(point, comma) < 2 * Math.Min(point, comma) + 1 ? DecimalStyle.Undecided : point > comma ? DecimalStyle.Point : DecimalStyle.Comma;
        return new DecimalStyleDecision(style, reasons);
    }

    private static bool HasCents(string printed)
    {
        var bare = printed.AsSpan().TrimEnd("*)- ");
        return bare.Length > 3 && bare[^3] is '.' or ',' && char.IsAsciiDigit(bare[^2]) && char.IsAsciiDigit(bare[^1]);
    }

    private static string Name(DecimalStyle style) => style == DecimalStyle.Point ? "decimal point" : "decimal comma";
}
