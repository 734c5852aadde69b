using DocPipeline.Extract.Layout;
using DocPipeline.Extract.Readers;
using DocPipeline.Extract.Schema;

namespace DocPipeline.Extract.Values;

/// <summary>Amounts and their currency without a label.</summary>
internal static class UnlabelledAmounts
{
    /// <summary>The currency whose code or unmistakable sign the document prints most often.</summary>
    public static IEnumerable<Proposal> Currency(string name, FieldSchema field, UnlabelledContext context)
    {
        var found = new Dictionary<string, (int Count, Proposal First)>();
        foreach (var page in context.Pages)
        {
            foreach (var word in page.Segments.SelectMany(BesideAmounts).Concat(page.Lines.SelectMany(BeforeColumn)))
            {
                var reading = context.Reader.Read(field, [word]);
                if (reading is { Plausibility: >= 0.6 })
                {
                    var known = found.GetValueOrDefault(reading.Value);
                    var first = known.First ?? new(name, reading.Value, 0, page, reading.Words, "the currency printed beside amounts", []);
                    found[reading.Value] = (known.Count + 1, first);
                }
            }
        }

        var total = found.Values.Sum(entry => entry.Count);
        return total > 0 ? found.Values.Select(entry => entry.First with { Score = 0.7 * entry.Count / total }) : Dollars(name, context);
    }

    /// <summary>The dollar sign has many countries: beside addresses of the United States and of no other land of dollars, it is theirs.</summary>
    private static IEnumerable<Proposal> Dollars(string name, UnlabelledContext context)
    {
        var lines = context.Pages.SelectMany(page => page.Lines).Select(line => string.Join(' ', line.Words.Select(word => word.Text))).ToList();
        var signs = context.Pages.SelectMany(page => page.Words, (page, word) => (page, word)).Where(entry => entry.word.Text.StartsWith('$')).ToList();
        return signs.Count == 0 || !LocaleHints.IsUnitedStates(lines) || lines.Exists(LocaleHints.NamesOtherDollars)
            ? []
            : [new(name, "USD", 0.62, signs[0].page, [signs[0].word], "a dollar sign beside addresses of the United States", [])];
    }

    /// <summary>"Total EUR" and, in a column of its own, the amount.</summary>
    private static IEnumerable<LayoutWord> BeforeColumn(TextLine line) =>
        line.Segments.Zip(line.Segments.Skip(1))
            .Where(pair => IsSign(pair.First.Words[^1]) && AmountReader.Read(pair.Second.Words[0].Text) is { HasDecimals: true })
            .Select(pair => pair.First.Words[^1]);

    private static bool IsSign(LayoutWord word) => word.Text is "Rs" or "Rs." or "₹" or "€" or "£" or "RM" or "EUR" or "USD" or "GBP" or "INR" or "CHF";

    /// <summary>Words that hold an amount or stand next to one: a code anywhere else may be a word of the language.</summary>
    private static IEnumerable<LayoutWord> BesideAmounts(Segment segment)
    {
        for (var i = 0; i < segment.Words.Count; i++)
        {
            // A sign needs no decimals beside it: "Rs 1939".
            if (segment.Words[i].Text.Length <= 16 && (HasAmount(i) || HasAmount(i - 1) || HasAmount(i + 1) || (IsSign(segment.Words[i]) && (HasNumber(i - 1) || HasNumber(i + 1)))))
            {
                yield return segment.Words[i];
            }
        }

        bool HasNumber(int at) => at >= 0 && at < segment.Words.Count && segment.Words[at].Text.All(c => char.IsAsciiDigit(c) || c is '.' or ',' or '-');

        bool HasAmount(int at) => at >= 0 && at < segment.Words.Count && segment.Words[at].Text.Any(char.IsAsciiDigit)
            && AmountReader.Read(segment.Words[at].Text) is { HasDecimals: true } or { Sign: not null };
    }

    /// <summary>A row that a total labels and that holds three amounts, of which the first two make the third: before tax, tax, total.</summary>
    public static IEnumerable<Proposal> SumRow(string name, FieldSchema field, UnlabelledContext context)
    {
        var place = name switch { "subtotal" => 0, "tax" => 1, _ => 2 };
        foreach (var label in context.Labels.Where(label => label.Quality >= 0.5 && label.Targets.Any(target => target.Field == "total_amount")))
        {
            var amounts = label.Page.Lines[label.Line].Words.Where(word => word.X0 >= label.X1 && word.Text.Any(char.IsAsciiDigit))
                .Select(word => context.Reader.Read(field, [word]))
                .Where(reading => reading is { Plausibility: >= 0.5 })
                .Select(reading => (Reading: reading!, Amount: decimal.Parse(reading!.Value)))
                .TakeLast(3).ToList();
            if (amounts is [{ Amount: > 0 }, { Amount: > 0 }, _] && amounts[0].Amount + amounts[1].Amount == amounts[2].Amount)
            {
                var reading = amounts[place].Reading;
                yield return new(name, reading.Value, 0.8 * reading.Plausibility, label.Page, reading.Words, "a row of what is before tax, tax and total", []);
            }
        }
    }

    /// <summary>A printed amount that is what was handed over less what was given back.</summary>
    public static IEnumerable<Proposal> CashLessChange(string name, FieldSchema field, UnlabelledContext context)
    {
        var paid = Beside("cash_tendered").SelectMany(_ => Beside("change_given"), (cash, change) => cash - change).Where(difference => difference > 0).ToHashSet();
        return paid.Count == 0
            ? []
            : context.Pages.SelectMany(page => page.Words, (page, word) => (page, word, reading: context.Reader.Read(field, [word])))
                .Where(entry => entry.reading is not null && decimal.TryParse(entry.reading.Value, out var amount) && paid.Contains(amount))
                .Select(entry => new Proposal(
                    name, entry.reading!.Value, 0.6 * entry.reading.Plausibility, entry.page, entry.reading.Words, "what was handed over less the change", [])
                {
                    MayShare = true,
                });

        IEnumerable<decimal> Beside(string other) => context.Labels
            .Where(label => label.Quality >= 0.6 && label.Targets.Any(target => target.Field == other))
            .Select(label => context.Reader.Read(field, [.. label.Page.Lines[label.Line].Words.Where(word => word.X0 >= label.X1)]))
            .Where(reading => reading is not null)
            .Select(reading => decimal.Parse(reading!.Value));
    }

    /// <summary>The largest amount that stands at least twice, or else the largest: receipts repeat their total beside the payment.</summary>
    public static IEnumerable<Proposal> LargestRepeated(string name, FieldSchema field, UnlabelledContext context)
    {
        var amounts = new Dictionary<string, (int Count, Proposal First)>();
        foreach (var page in context.Pages)
        {
            foreach (var word in page.Words.Where(word => word.Text.Any(char.IsAsciiDigit) && word.Text.IndexOfAny(['.', ',']) > 0))
            {
                var reading = context.Reader.Read(field, [word]);
                if (reading is { Plausibility: >= 0.5 })
                {
                    var known = amounts.GetValueOrDefault(reading.Value);
                    amounts[reading.Value] = (known.Count + 1, known.First ?? new(name, reading.Value, 0, page, reading.Words, "an amount that stands several times", []));
                }
            }
        }

        return amounts.Values
            .OrderByDescending(entry => entry.Count >= 2)
            .ThenByDescending(entry => decimal.Parse(entry.First.Value))
            .Take(3)
            .Select((entry, rank) => entry.First with { Score = (entry.Count >= 2 ? 0.32 : 0.2) * Math.Pow(0.7, rank) });
    }
}
