using System.Globalization;
using DocPipeline.Documents;
using DocPipeline.Extract.Readers;

namespace DocPipeline.Extract.Values;

/// <summary>
/// Lets the amounts of a document vouch for each other: a total gains by every sum that it completes, by the lines that add up to it, and by every further place where it is printed;
/// a total smaller than its subtotal loses, and so do others once one of them adds up.
/// </summary>
internal static class AmountAgreement
{
    private const double GainOfTotal = 1.3;
    private const double GainOfPart = 1.2;

    // Recognition gives right words 0.91 and more by half; only a word that it was less sure of is taken to be misread.
    private const double SurelyRead = 0.85;

    /// <summary>What stands between subtotal and total beside the tax; each may have been applied or not.</summary>
    private static readonly string[] Added = ["tip", "shipping", "rounding"];
    private static readonly string[] Taken = ["discount"];

    /// <param name="lineSums">What the amounts in the lines of each table add up to.</param>
    /// <param name="taxedSums">What rows of a tax summary add up to.</param>
    public static IReadOnlyList<Proposal> Apply(IReadOnlyList<Proposal> proposals, IReadOnlyList<decimal> lineSums, IReadOnlyList<decimal> taxedSums)
    {
        var amounts = Amounts(proposals);
        var gains = new Dictionary<Proposal, double>(ReferenceEqualityComparer.Instance);
        var vouchers = new Dictionary<Proposal, int>(ReferenceEqualityComparer.Instance);
        var sums = Sums(amounts);
        sums.AddRange(taxedSums.Select(sum => new Sum("tax summary", sum, [])));
        proposals = [.. proposals, .. Misread(amounts["total_amount"], sums)];
        amounts = Amounts(proposals);

        // Lines add up to the subtotal as a rule; to the total only where nothing else makes one.
        if (!amounts["total_amount"].Any(total => sums.Exists(sum => sum.Total == total.Amount)))
        {
            sums.AddRange(lineSums.Where(sum => !IsSubtotal(sum)).Select(sum => new Sum("lines", sum, [])));
        }

        foreach (var subtotal in amounts["subtotal"].Where(subtotal => lineSums.Contains(subtotal.Amount)))
        {
            gains[subtotal.Proposal] = GainOfPart;
            vouchers[subtotal.Proposal] = 1;
        }

        bool IsSubtotal(decimal sum) => amounts["subtotal"].Any(subtotal => subtotal.Amount == sum && subtotal.Proposal.Score >= 0.5)
            && amounts["total_amount"].Any(total => total.Amount > sum && total.Proposal.Score >= 0.3);

        var (agreeing, disagreeing) = (false, new List<Proposal>());
        foreach (var (total, value) in amounts["total_amount"])
        {
            var vouching = sums.Where(sum => sum.Total == value && value > 0).ToList();
            foreach (var part in vouching.SelectMany(sum => sum.Parts))
            {
                gains[part] = GainOfPart;
                vouchers[part] = 1;
            }

            var kinds = vouching.Select(sum => sum.Kind).Distinct().Count();
            gains[total] = (value == 0 ? 0.5 : 1) * Math.Pow(GainOfTotal, kinds) * Repeated(total, amounts["total_amount"]) * BelowSubtotal(value, amounts["subtotal"]);
            vouchers[total] = kinds;
            agreeing |= kinds > 0;
            if (kinds == 0)
            {
                disagreeing.Add(total);
            }
        }

        // Once one total adds up, the others are balances, deposits and last year's.
        foreach (var total in agreeing ? disagreeing : [])
        {
            gains[total] *= 0.75;
        }

        var summed = sums.SelectMany(sum => sum.Parts).ToHashSet<Proposal>(ReferenceEqualityComparer.Instance);
        var weighed = proposals.Select(p => p with
        {
            Score = gains.TryGetValue(p, out var gain) ? Math.Min(p.Score * gain, 1) : p.Score,
            Sums = vouchers.GetValueOrDefault(p),
            BrokenSums = !vouchers.TryGetValue(p, out var kinds) ? summed.Contains(p) : kinds == 0 && sums.Count > 0,
        }).ToList();
        weighed.AddRange(SubtotalOfLines(weighed, lineSums));
        return weighed;
    }

    /// <summary>Lines that add up to the total: without a tax, the total is also what the lines come to.</summary>
    private static IEnumerable<Proposal> SubtotalOfLines(List<Proposal> proposals, IReadOnlyList<decimal> lineSums)
    {
        if (proposals.Exists(p => p is { Field: "subtotal" or "tax", Score: > 0.4 } && AmountOf(p) != 0)
            || proposals.Where(p => p.Field == "total_amount").MaxBy(p => p.Score) is not { } total || AmountOf(total) is not > 0 || !lineSums.Contains(AmountOf(total)!.Value))
        {
            return [];
        }

        return [total with { Field = "subtotal", Score = 0.8 * total.Score, Reason = "the lines add up to it and nothing is added to them", MayShare = true }];
    }

    private static ILookup<string, Part> Amounts(IEnumerable<Proposal> proposals) => proposals
        .Select(proposal => (Proposal: proposal, Amount: AmountOf(proposal)))
        .Where(entry => entry.Amount is not null)
        .ToLookup(entry => entry.Proposal.Field, entry => new Part(entry.Proposal, entry.Amount!.Value));

    /// <summary>
    /// A labelled total on a recognised page that nothing vouches for and that a digit or two which look alike part from what other amounts make:
    /// it is misread, and the others say what it is.
    /// </summary>
    private static IEnumerable<Proposal> Misread(IEnumerable<Part> totals, List<Sum> sums)
    {
        var known = totals.Where(total => total.Proposal.Score >= 0.35).ToList();
        return known.Exists(total => sums.Exists(sum => sum.Total == total.Amount))
            ? []
            : known.Where(total => PageSources.IsSeen(total.Proposal.Page.Page.Source) && total.Proposal.Words.Min(word => word.Confidence) < SurelyRead)
                .SelectMany(total => sums.Select(sum => Plain(sum.Total)).Distinct().Where(made => MisreadDigit.MayBe(total.Proposal.Value, made)), (total, made) => (total.Proposal, made))
                .GroupBy(pair => pair.Proposal)
                .Where(group => group.Count() == 1)
                .Select(group => group.Key with { Value = group.First().made, Score = 0.7 * group.Key.Score, Reason = $"{group.Key.Reason}, where '{group.Key.Value}' is misread: other amounts make this" });
    }

    private static string Plain(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Everything that the other amounts say the total should be.</summary>
    private static List<Sum> Sums(ILookup<string, Part> amounts)
    {
        var sums = new List<Sum>();

        // Subtotal and tax, with or without a discount, a tip, rounding. Nothing added to a subtotal proves nothing.
        foreach (var subtotal in Distinct(amounts["subtotal"]))
        {
            var open = new List<Sum> { new("sum", subtotal.Amount, [subtotal.Proposal]) };
            Extend(open, Distinct(amounts["tax"]).Select(tax => (tax, tax.Amount)));
            foreach (var name in Added)
            {
                Extend(open, Distinct(amounts[name]).Select(part => (part, part.Amount)));
            }

            foreach (var name in Taken)
            {
                Extend(open, Distinct(amounts[name]).Select(part => (part, -Math.Abs(part.Amount))));
            }

            sums.AddRange(open.Where(sum => sum.Parts.Count > 1));
        }

        // What was paid and what is still due; what was handed over less what was given back.
        sums.AddRange(Pairs("balance", Distinct(amounts["balance_due"]), Distinct(amounts["amount_paid"]).Where(paid => paid.Amount != 0), (due, paid) => due + Math.Abs(paid)));
        sums.AddRange(Pairs("change", Distinct(amounts["cash_tendered"]), Distinct(amounts["change_given"]), (cash, change) => cash - Math.Abs(change)));
        return sums;
    }

    private static void Extend(List<Sum> open, IEnumerable<(Part Part, decimal Amount)> addends)
    {
        // One of each kind at most, so that the number of sums stays small.
        var extended = addends.Where(addend => addend.Amount != 0)
            .SelectMany(addend => open.Select(sum => new Sum(sum.Kind, sum.Total + addend.Amount, [.. sum.Parts, addend.Part.Proposal])))
            .ToList();
        open.AddRange(extended);
    }

    private static IEnumerable<Sum> Pairs(string kind, IEnumerable<Part> first, IEnumerable<Part> second, Func<decimal, decimal, decimal> together) =>
        first.SelectMany(_ => second, (a, b) => (a, b))
            .Where(pair => pair.a.Amount != 0)
            .Select(pair => new Sum(kind, together(pair.a.Amount, pair.b.Amount), [pair.a.Proposal, pair.b.Proposal]));

    private static List<Part> Distinct(IEnumerable<Part> parts) =>
        [.. parts.OrderByDescending(part => part.Proposal.Score).DistinctBy(part => part.Amount).Take(3)];

    private static double Repeated(Proposal total, IEnumerable<Part> totals)
    {
        var places = totals.Where(other => other.Proposal.Value == total.Value).Select(other => (other.Proposal.Page.Page.Number, other.Proposal.Words[0].Index)).Distinct().Count();
        return 1 + (0.06 * Math.Min(places - 1, 3));
    }

    private static double BelowSubtotal(decimal total, IEnumerable<Part> subtotals) =>
        total >= 0 && subtotals.Any(subtotal => subtotal.Proposal.Score > 0.5 && subtotal.Amount > total) ? 0.85 : 1;

    private static decimal? AmountOf(Proposal proposal) =>
        decimal.TryParse(proposal.Value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount) ? amount : null;

    private sealed record Part(Proposal Proposal, decimal Amount);

    /// <param name="Kind">Sums of one kind are not independent of each other.</param>
    private sealed record Sum(string Kind, decimal Total, IReadOnlyList<Proposal> Parts);
}
