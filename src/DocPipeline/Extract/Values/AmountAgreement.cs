namespace DocPipeline.Extract.Values;

/// <summary>
/// Lets the amounts of a document vouch for each other: a total that equals subtotal plus tax, or that is printed several times, gains;
/// a total smaller than its subtotal loses.
/// </summary>
internal static class AmountAgreement
{
    public static IReadOnlyList<Proposal> Apply(IReadOnlyList<Proposal> proposals)
    {
        var totals = Of(proposals, "total_amount");
        if (totals.Count == 0)
        {
            return proposals;
        }

        var subtotals = Of(proposals, "subtotal");
        var taxes = Of(proposals, "tax");
        var bonus = new Dictionary<Proposal, double>(ReferenceEqualityComparer.Instance);
        var disagreeing = new List<Proposal>();
        var agreeing = false;
        foreach (var total in totals)
        {
            var factor = 1.0;
            var value = decimal.Parse(total.Value);
            var sum = subtotals.SelectMany(subtotal => taxes, (subtotal, tax) => (subtotal, tax))
                .FirstOrDefault(pair => decimal.Parse(pair.subtotal.Value) + decimal.Parse(pair.tax.Value) == value && value > 0);
            if (sum.subtotal is not null && sum.tax.Value != "0.00")
            {
                factor *= 1.3;
                bonus[sum.subtotal] = 1.2;
                bonus[sum.tax] = 1.2;
            }

            // Cash less change is the total, whatever is printed larger.
            if (value > 0 && Of(proposals, "cash_tendered").SelectMany(_ => Of(proposals, "change_given"), (cash, change) => decimal.Parse(cash.Value) - decimal.Parse(change.Value)).Contains(value))
            {
                factor *= 1.35;
            }

            if (value == 0)
            {
                factor *= 0.5;
            }

            var places = totals.Where(other => other.Value == total.Value).Select(other => (other.Page.Page.Number, other.Words[0].Index)).Distinct().Count();
            factor *= 1 + (0.06 * Math.Min(places - 1, 3));
            if (subtotals.Any(subtotal => subtotal.Score > 0.5 && decimal.Parse(subtotal.Value) > value && value >= 0))
            {
                factor *= 0.85;
            }

            bonus[total] = factor;
            agreeing |= sum.subtotal is not null && sum.tax.Value != "0.00";
            if (sum.subtotal is null)
            {
                disagreeing.Add(total);
            }
        }

        // Once one total adds up, the others are balances, deposits and last year's.
        foreach (var total in agreeing ? disagreeing : [])
        {
            bonus[total] *= 0.75;
        }

        return [.. proposals.Select(p => bonus.TryGetValue(p, out var factor) ? p with { Score = Math.Min(p.Score * factor, 1) } : p)];
    }

    private static List<Proposal> Of(IReadOnlyList<Proposal> proposals, string field) =>
        [.. proposals.Where(p => p.Field == field && decimal.TryParse(p.Value, out _))];
}
